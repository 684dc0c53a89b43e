package io.tributary.kafka.publish;

import java.util.Set;

/** Names of the headers of a record on the rejections topic. All values are UTF-8 text. */
public final class RejectionHeaders {

    /** The problem's slug, the last part of its {@code urn:tributary:problem:…}. */
    public static final String PROBLEM = "tributary-problem";

    /** The status that HTTP would have answered, in digits. */
    public static final String STATUS = "tributary-status";

    /** What is wrong, for a human reader. */
    public static final String DETAIL = "tributary-detail";

    /** A JSON Pointer to the fault; left out where it has no place. */
    public static final String POINTER = "tributary-pointer";

    /** Which write of a batch was refused, in digits from 0; left out for a single write. */
    public static final String INDEX = "tributary-index";

    /** Where the record came from: {@code topic/partition/offset}. Repetitions of a rejection have the same. */
    public static final String SOURCE = "tributary-source";

    /** All of these. What the rejected record had under such a name is not repeated. */
    public static final Set<String> ALL = Set.of(PROBLEM, STATUS, DETAIL, POINTER, INDEX, SOURCE);

    private RejectionHeaders() {}
}
