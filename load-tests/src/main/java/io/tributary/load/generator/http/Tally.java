package io.tributary.load.generator.http;

import io.tributary.load.generator.Answers;
import io.tributary.load.generator.Latencies;
import io.tributary.load.generator.Load;
import io.tributary.load.measure.OwnCpu;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/** Counts the answers of one run. Confined to the event loop that drives the run. */
final class Tally {

    private final int writesEach;
    private final OwnCpu cpu = new OwnCpu();
    private final long begin = System.nanoTime();
    private final Histogram latencies = Latencies.none();
    private long lastAnswer = begin;
    private Answers answers = Answers.NONE;

    /** @param writesEach how many writes a request has */
    Tally(int writesEach) {
        this.writesEach = writesEach;
    }

    /** @param dueAt when the request should have been sent, by {@link System#nanoTime} */
    void answered(int status, long dueAt) {
        lastAnswer = System.nanoTime();
        long before = answers.applied();
        answers = answers.with(status, writesEach);
        if (answers.applied() > before) {
            Latencies.recordNanos(latencies, lastAnswer - dueAt);
        }
    }

    /** The same of a write whose latency says nothing, because it was sent as early as possible. */
    void answered(int status) {
        lastAnswer = System.nanoTime();
        answers = answers.with(status, writesEach);
    }

    void unanswered() {
        unanswered(1);
    }

    void unanswered(long requests) {
        answers = answers.withUndecided(requests * writesEach);
    }

    void unsent(long requests) {
        answers = answers.withRefused(requests * writesEach);
    }

    Load result() {
        return new Load(Duration.ofNanos(lastAnswer - begin), answers, latencies, cpu.spent());
    }
}
