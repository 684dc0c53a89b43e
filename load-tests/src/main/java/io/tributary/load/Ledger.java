package io.tributary.load;

import io.tributary.load.generator.Answers;

/** Compares what callers were told with what a server has. */
final class Ledger {

    private Answers total = Answers.NONE;

    /** Adds the answers of a run of increments by one. */
    void enter(Answers answers) {
        total = total.plus(answers);
    }

    /**
     * Holds the sum of all counters against the answers so far: at least every acknowledged write was applied, and nothing
     * that was not sent, or was refused.
     *
     * @throws IllegalStateException when writes are lost, or applied more than once
     */
    void verify(long sum) {
        if (sum < total.applied() || sum > total.applied() + total.undecided()) {
            throw new IllegalStateException(
                    "%d increments were acknowledged and %d left undecided, but the counters say %d"
                            .formatted(total.applied(), total.undecided(), sum));
        }
    }
}
