package io.tributary.load.generator;

/** When writes are sent. */
public sealed interface Pace {

    /** A closed loop: each connection sends its next write when the last one is answered. For throughput. */
    record AsAnswered() implements Pace {}

    /**
     * An open loop: writes are due at fixed moments, whether or not earlier ones are answered. Latencies run from the moment
     * at which a write was due, so that one that had to wait for a free connection is not told better than it was.
     *
     * @param writesPerSecond at least 1
     */
    record AtRate(int writesPerSecond) implements Pace {}
}
