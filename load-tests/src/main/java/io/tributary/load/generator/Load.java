package io.tributary.load.generator;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * What came of a run.
 *
 * @param elapsed from the first request to the last answer
 * @param answers how the requests were answered
 * @param latencies of the applied writes, in microseconds, from the request's first byte to the answer's last; empty where
 *     single writes have none
 * @param generatorCpu the CPU time that this process spent meanwhile
 */
public record Load(Duration elapsed, Answers answers, Histogram latencies, Duration generatorCpu) {

    /** Applied writes a second; 0 when none was applied. */
    public double writesPerSecond() {
        return answers.applied() == 0 ? 0 : answers.applied() * 1e9 / elapsed.toNanos();
    }
}
