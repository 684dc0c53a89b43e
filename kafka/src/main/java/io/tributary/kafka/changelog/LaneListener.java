package io.tributary.kafka.changelog;

/** Takes what a {@link ChangelogReader} reads. All methods are called on its one thread, and must not block. */
public interface LaneListener {

    /**
     * The next record of a lane, with a larger sequence than all before.
     *
     * @return whether it was taken; when not, the lane pauses and the record is offered again after
     *     {@link ChangelogReader#wake}
     */
    boolean record(LaneRecord record);

    /** Records of a lane are missing before the one that comes next: those from {@code expected} to before {@code found}. */
    void gap(int lane, long expected, long found);

    /** Retention has deleted what lies at a lane's position. Reading goes on at what is left, if anything is. */
    void missed(int lane);

    /** Reading has ended by itself, because of a bug. */
    void failed(Throwable cause);
}
