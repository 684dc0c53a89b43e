package io.tributary.load.report;

import io.tributary.load.generator.Keys;
import java.util.Locale;

/** What is asked of a contender. */
public enum Workload {
    UNIFORM(Measure.THROUGHPUT, Keys.UNIFORM),
    ZIPF(Measure.THROUGHPUT, Keys.ZIPF),
    HOT(Measure.THROUGHPUT, Keys.ONE_HOT),
    UNIQUE(Measure.UNIQUE_APPENDS, Keys.UNIFORM),
    BATCH2(Measure.BATCHES_OF_2, Keys.UNIFORM),
    BATCH20(Measure.BATCHES_OF_20, Keys.UNIFORM),
    JOB(Measure.JOB, Keys.UNIFORM),
    BULK(Measure.BULK, Keys.UNIFORM),
    STREAM(Measure.STREAM, Keys.UNIFORM),
    RATE(Measure.LATENCY, Keys.UNIFORM),
    LAG(Measure.LAG, Keys.UNIFORM);

    private final Measure measure;
    private final Keys keys;

    Workload(Measure measure, Keys keys) {
        this.measure = measure;
        this.keys = keys;
    }

    /** What is found out, and by which kind of load. */
    public enum Measure {
        THROUGHPUT("single writes, closed loop"),
        UNIQUE_APPENDS("single writes that also append to a set, closed loop"),
        BATCHES_OF_2("batches of 2 writes, closed loop"),
        BATCHES_OF_20("batches of 20 writes, closed loop"),
        JOB("update of all documents by one job"),
        BULK("bulk, one connection, as fast as it goes"),
        STREAM("Kafka, as fast as it goes"),
        LATENCY("single writes, fixed rate"),
        LAG("commit to changelog, fixed rate");

        private final String label;

        Measure(String label) {
            this.label = label;
        }

        /** Whether contenders do all they can. */
        boolean isOfThroughput() {
            return this != LATENCY && this != LAG;
        }
    }

    /** What the option calls it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the table calls it, without the key distribution. */
    public String label() {
        return measure.label;
    }

    public Measure measure() {
        return measure;
    }

    public Keys keys() {
        return keys;
    }
}
