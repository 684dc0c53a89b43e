package io.tributary.service.intake;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The trace context that a request or record brings along, as W3C defines it. */
public final class TraceContext {

    /** The header that carries it, over HTTP and Kafka alike. */
    public static final String HEADER = "traceparent";

    private static final Pattern VALID = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceContext() {}

    /** What the header says; null when there is none, or it is none: a broken trace is no reason to refuse a write. */
    public static @Nullable String of(@Nullable String header) {
        return header != null && VALID.matcher(header).matches() ? header : null;
    }
}
