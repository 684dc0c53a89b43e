package io.tributary.load.generator;

/**
 * How many writes were answered, and how.
 *
 * @param applied answered 2xx: the write is durable
 * @param refused answered 4xx or 503, or never sent: the write was certainly not applied
 * @param undecided answered otherwise, or not at all: the write may have been applied
 */
public record Answers(long applied, long refused, long undecided) {

    private static final int SERVICE_UNAVAILABLE = 503;

    public static final Answers NONE = new Answers(0, 0, 0);

    /** What one more answer to a single write makes of these. */
    public Answers with(int status) {
        return with(status, 1);
    }

    /** What one more answer to so many writes makes of these. */
    public Answers with(int status, long writes) {
        if (status >= 200 && status < 300) {
            return new Answers(applied + writes, refused, undecided);
        }
        return (status >= 400 && status < 500) || status == SERVICE_UNAVAILABLE
                ? withRefused(writes)
                : withUndecided(writes);
    }

    /** These, and more writes that were certainly not applied. */
    public Answers withRefused(long more) {
        return new Answers(applied, refused + more, undecided);
    }

    /** These, and more writes that may have been applied. */
    public Answers withUndecided(long more) {
        return new Answers(applied, refused, undecided + more);
    }

    public Answers plus(Answers other) {
        return new Answers(applied + other.applied, refused + other.refused, undecided + other.undecided);
    }

    /** All that did not end as it should. */
    public long failures() {
        return refused + undecided;
    }
}
