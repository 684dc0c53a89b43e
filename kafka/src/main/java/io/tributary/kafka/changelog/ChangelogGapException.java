package io.tributary.kafka.changelog;

/**
 * Changes are missing: a lane's next record has a later number than it should. Retention has deleted them before they
 * were read, or somebody has tampered with the topic or with the group's offsets. Who keeps a copy of the documents
 * has to build it anew.
 */
public final class ChangelogGapException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int lane;
    private final long expected;
    private final long found;

    ChangelogGapException(int lane, long expected, long found) {
        super("Lane " + lane + " of the changelog goes on at " + found + " instead of " + expected);
        this.lane = lane;
        this.expected = expected;
        this.found = found;
    }

    /** The lane. */
    public int lane() {
        return lane;
    }

    /** The first sequence that is missing. */
    public long expected() {
        return expected;
    }

    /** The sequence of the record that came instead. */
    public long found() {
        return found;
    }
}
