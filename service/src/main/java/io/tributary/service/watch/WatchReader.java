package io.tributary.service.watch;

/** Who reads a watch. Called from any thread, also while {@link Watch#next} runs; must not block. */
public interface WatchReader {

    /** There may be something to read. */
    void ready();

    /** The reader has taken nothing for long. It is to be given up. */
    void hangUp();
}
