package io.tributary.query;

import io.tributary.write.Action;
import org.jspecify.annotations.Nullable;

/**
 * A request to change the documents of a selection, each alone.
 *
 * @param selection which documents
 * @param action what to do with each: an {@link Action.Update} or {@link Action.Delete}
 */
public record UpdateByQuery(Selection selection, Action action, Options options) implements JobRequest {

    /** How many documents can be changed while the caller waits. */
    public static final int MAX_AT_ONCE = 1_000;

    /** The documents per second that may be asked for. */
    public static final double LEAST_RATE = 0.1;

    public static final double GREATEST_RATE = 1_000_000;

    /** @throws IllegalArgumentException when the action is another, or a job is to go in an order */
    public UpdateByQuery {
        if (!(action instanceof Action.Update) && !(action instanceof Action.Delete)) {
            throw new IllegalArgumentException("documents are updated or deleted by query");
        }
        if (isLarge(selection) && !selection.orderBy().isEmpty()) {
            throw new IllegalArgumentException("more than " + MAX_AT_ONCE + " documents are changed in @id order");
        }
    }

    /**
     * How to go about it.
     *
     * @param fireTriggers whether the changes may fire triggers
     * @param rate how many documents per second at most, null for as many as possible
     * @param max when more documents match, none is changed; null for no such bound
     * @param dryRun whether nothing is changed, only said what would be
     */
    public record Options(
            boolean fireTriggers,
            @Nullable Double rate,
            @Nullable Long max,
            boolean dryRun) {

        public static final Options DEFAULT = new Options(true, null, null, false);

        /** @throws IllegalArgumentException when a number is out of its range */
        public Options {
            if (rate != null && !(rate >= LEAST_RATE && rate <= GREATEST_RATE)) {
                throw new IllegalArgumentException("a rate lies between " + LEAST_RATE + " and " + GREATEST_RATE);
            }
            if (max != null && max < 0) {
                throw new IllegalArgumentException("a maximum is at least 0");
            }
        }

        public Options withFireTriggers(boolean fireTriggers) {
            return new Options(fireTriggers, rate, max, dryRun);
        }

        public Options withRate(@Nullable Double rate) {
            return new Options(fireTriggers, rate, max, dryRun);
        }

        public Options withMax(@Nullable Long max) {
            return new Options(fireTriggers, rate, max, dryRun);
        }

        public Options withDryRun(boolean dryRun) {
            return new Options(fireTriggers, rate, max, dryRun);
        }
    }

    /** Whether it is too large to wait for, and so done as a job. */
    public boolean isLarge() {
        return isLarge(selection);
    }

    private static boolean isLarge(Selection selection) {
        return selection.limit() == null || selection.limit() > MAX_AT_ONCE;
    }
}
