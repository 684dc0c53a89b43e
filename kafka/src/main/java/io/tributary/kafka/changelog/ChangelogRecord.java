package io.tributary.kafka.changelog;

import io.tributary.change.Change;

/** A change, as it is read from the changelog: once, and after all earlier ones of its lane. */
public final class ChangelogRecord {

    private final int lane;
    private final Change change;
    private final Runnable acknowledgement;

    ChangelogRecord(int lane, Change change, Runnable acknowledgement) {
        this.lane = lane;
        this.change = change;
        this.acknowledgement = acknowledgement;
    }

    /** The lane of its document. */
    public int lane() {
        return lane;
    }

    /** The change. */
    public Change change() {
        return change;
    }

    /**
     * Says that the change is processed. After a restart the group goes on behind the last record before which all of
     * the lane are acknowledged. From any thread and in any order; a second call does nothing.
     */
    public void acknowledge() {
        acknowledgement.run();
    }

    /** Lane and change. */
    @Override
    public String toString() {
        return "lane " + lane + ": " + change.document() + " version " + change.version();
    }
}
