package io.tributary.load.report;

/** What is asked of a server. */
public enum Workload {
    HTTP_UNIFORM("HTTP, uniform"),
    HTTP_HOT("HTTP, one hot document"),
    KAFKA_UNIFORM("Kafka intake, uniform");

    private final String label;

    Workload(String label) {
        this.label = label;
    }

    /** What the table calls it. */
    public String label() {
        return label;
    }

    /** The workload whose baseline this one is compared with: the baseline has no way in but HTTP. */
    Workload comparedWith() {
        return this == KAFKA_UNIFORM ? HTTP_UNIFORM : this;
    }
}
