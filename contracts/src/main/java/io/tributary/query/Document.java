package io.tributary.query;

import io.tributary.name.DocumentName;
import io.tributary.name.FieldPath;
import io.tributary.value.IntegerValue;
import io.tributary.value.MapValue;
import io.tributary.value.StringValue;
import io.tributary.value.Value;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A document as it was read.
 *
 * @param name what was asked for
 * @param version its version; 0 when it does not exist
 * @param lifetime what the service keeps beside the data, null when it does not exist
 * @param data its fields, or those of them that were asked for; null when it does not exist
 */
public record Document(
        DocumentName name,
        long version,
        @Nullable Lifetime lifetime,
        @Nullable MapValue data) {

    /**
     * What the service keeps beside the data of a document.
     *
     * @param time when its version was committed
     * @param createdAt when this life of it began
     * @param updatedAt when it last changed
     * @param createdBy who created it, null when nobody is known
     * @param updatedBy who changed it last, null when nobody is known
     */
    public record Lifetime(
            Instant time,
            Instant createdAt,
            Instant updatedAt,
            @Nullable String createdBy,
            @Nullable String updatedBy) {}

    /** A document that does not exist. */
    public static Document missing(DocumentName name) {
        return new Document(name, 0, null, null);
    }

    public boolean exists() {
        return data != null;
    }

    /** The value that a dotted path leads to; null when the document or the field is missing. */
    public @Nullable Value value(String path) {
        return data == null ? null : data.get(FieldPath.parse(path));
    }

    /**
     * The integer that a dotted path leads to.
     *
     * @throws IllegalStateException when there is none
     */
    public long integer(String path) {
        if (value(path) instanceof IntegerValue integer) {
            return integer.value();
        }
        throw unlike(path, "an integer");
    }

    /**
     * The string that a dotted path leads to.
     *
     * @throws IllegalStateException when there is none
     */
    public String string(String path) {
        if (value(path) instanceof StringValue string) {
            return string.value();
        }
        throw unlike(path, "a string");
    }

    private IllegalStateException unlike(String path, String expected) {
        Value value = value(path);
        String found = value == null ? "missing" : "of type " + value.type().wireName();
        return new IllegalStateException(path + " of " + name + " is " + found + ", not " + expected);
    }
}
