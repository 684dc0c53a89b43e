package io.tributary.service.document;

import io.tributary.name.DocumentName;
import io.tributary.value.MapValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A document as of one version. Immutable.
 *
 * @param name the document
 * @param version the last version step, a delete included; 0 when the document never existed
 * @param data the fields, null when the document does not exist (never did, or is deleted)
 * @param lifetime when and by whom; null exactly when the version is 0
 */
public record DocumentState(
        DocumentName name,
        long version,
        @Nullable MapValue data,
        @Nullable Lifetime lifetime) {

    /**
     * @param time when this version was committed
     * @param createdAt the time of the first change in this life, unless stamped otherwise
     * @param updatedAt the time of the last change, unless stamped otherwise
     * @param createdBy who made the first change, null when unknown
     * @param updatedBy who made the last change, null when unknown
     */
    public record Lifetime(
            Instant time,
            Instant createdAt,
            Instant updatedAt,
            @Nullable String createdBy,
            @Nullable String updatedBy) {}

    /** A document that never existed. */
    public static DocumentState missing(DocumentName name) {
        return new DocumentState(name, 0, null, null);
    }

    public boolean exists() {
        return data != null;
    }

    /** Whether the document was there once, and is deleted. */
    public boolean isTombstone() {
        return version > 0 && !exists();
    }

    /** The version as conditions see it: 0 when the document does not exist. */
    public long visibleVersion() {
        return exists() ? version : 0;
    }
}
