package io.tributary.load.generator;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Counts the answers of one run. Confined to the event loop that drives the run. */
final class Tally {

    static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);
    private static final int DIGITS = 3;

    private final OwnCpu cpu = new OwnCpu();
    private final long begin = System.nanoTime();
    private final Histogram latencies = emptyHistogram();
    private long lastAnswer = begin;
    private Answers answers = Answers.NONE;

    static Histogram emptyHistogram() {
        return new Histogram(LONGEST_MICROS, DIGITS);
    }

    void answered(int status, long sentAt) {
        lastAnswer = System.nanoTime();
        long before = answers.applied();
        answers = answers.with(status);
        if (answers.applied() > before) {
            latencies.recordValue(Math.min(LONGEST_MICROS, TimeUnit.NANOSECONDS.toMicros(lastAnswer - sentAt)));
        }
    }

    void unanswered() {
        answers = answers.withUndecided(1);
    }

    Load result() {
        return new Load(Duration.ofNanos(lastAnswer - begin), answers, latencies, cpu.spent());
    }
}
