package io.tributary.service.store;

/** Somebody elsewhere who has locked a lane and commits when it is closed. */
public interface LaneHolder extends AutoCloseable {

    /** Writes the lane's next turn. */
    void commitTurn();

    /** Whether somebody waits for the lane. */
    boolean isWaitedFor();

    @Override
    void close();
}
