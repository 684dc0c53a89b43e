package io.tributary.load.generator;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Histograms of microseconds, all of one form, so that they can be added up. */
public final class Latencies {

    private static final long LONGEST_MICROS = Duration.ofMinutes(2).toMillis() * 1000;
    private static final int DIGITS = 3;

    private Latencies() {}

    /** A histogram without any value. */
    public static Histogram none() {
        return new Histogram(LONGEST_MICROS, DIGITS);
    }

    /** Takes up one latency; longer ones than two minutes count as that. */
    public static void recordNanos(Histogram latencies, long nanos) {
        recordMicros(latencies, TimeUnit.NANOSECONDS.toMicros(nanos));
    }

    /** Takes up one latency; longer ones than two minutes count as that, and what is less than nothing as nothing. */
    public static void recordMicros(Histogram latencies, long micros) {
        latencies.recordValue(Math.clamp(micros, 0, LONGEST_MICROS));
    }
}
