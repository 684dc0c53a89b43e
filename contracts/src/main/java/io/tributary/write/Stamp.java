package io.tributary.write;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Overrides of what the service keeps beside the data; null leaves the service's own value. */
public record Stamp(
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt,
        @Nullable String createdBy,
        @Nullable String updatedBy) {

    /** Overrides nothing. */
    public static final Stamp NONE = new Stamp(null, null, null, null);
}
