package io.tributary.json;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.value.MapValue;
import io.tributary.value.Value;
import tools.jackson.core.JsonGenerator;

/**
 * Values as JSON. Types that JSON has no syntax for are objects with one key, {@code {"@timestamp": "…"}}; a map that would
 * be taken for one is written {@code {"@map": {…}}}.
 *
 * <p>Every reader throws {@link ProblemException} with a JSON Pointer to the fault.
 */
public final class ValueJson {

    /** No value takes more of its compact JSON per byte that was read: {@code 1e6} becomes {@code 1000000.0}. */
    private static final int LARGEST_GROWTH = 4;

    private ValueJson() {}

    /**
     * Reads the data of a document: {@code document-too-large} when its compact JSON is beyond the limit, {@code
     * request-too-large} when {@code json} itself is.
     */
    public static MapValue readDocument(byte[] json, Limits limits) {
        MapValue data = JsonText.read(json, limits, in -> new ValueReader(in).map(1, "a document's data, an object"));
        if (json.length > limits.documentBytes() / LARGEST_GROWTH && ValueSize.of(data) > limits.documentBytes()) {
            throw new ProblemException(Problem.of(
                    ProblemType.DOCUMENT_TOO_LARGE,
                    "the document's compact JSON would be longer than " + limits.documentBytes() + " bytes"));
        }
        return data;
    }

    /** Reads any value, which may be as deep as a document. */
    public static Value read(byte[] json, Limits limits) {
        return JsonText.read(json, limits, in -> new ValueReader(in).value(1));
    }

    /** Writes the compact form: doubles always with a fraction, timestamps with six digits and {@code Z}. */
    public static byte[] write(Value value) {
        return write(value, IntegerForm.NUMBER);
    }

    /** Writes the compact form with large integers as asked. */
    public static byte[] write(Value value, IntegerForm integers) {
        return JsonOutput.bytes(out -> new ValueWriter(out, Form.of(integers)).value(value));
    }

    /** Writes what {@code write(value)} does to {@code out}. */
    public static void write(Value value, JsonGenerator out) {
        new ValueWriter(out, Form.WIRE).value(value);
    }

    /** The length of {@code write(value)} in bytes, counted without writing it; at most {@link Integer#MAX_VALUE}. */
    public static int size(Value value) {
        return (int) Math.min(Integer.MAX_VALUE, ValueSize.of(value));
    }

    /**
     * How deep maps and arrays lie inside one another: 0 for a scalar, 1 for a map of scalars. Typed values are scalars.
     * What {@link Limits#nesting()} limits.
     */
    public static int nesting(Value value) {
        return Nesting.of(value);
    }

    /** Writes the form that survives PostgreSQL's {@code jsonb}, which keeps numbers as decimals and no order of members. */
    public static byte[] writeStored(MapValue data) {
        return JsonOutput.bytes(out -> new ValueWriter(out, Form.STORED).map(data));
    }

    /** Reads what {@link #writeStored} wrote; bound by no limit. */
    public static MapValue readStored(byte[] stored) {
        return JsonText.read(stored, Limits.TRUSTED, ValueJson::stored);
    }

    /** Reads what {@link #writeStored} wrote, as {@code jsonb} gives it out; bound by no limit. */
    public static MapValue readStored(String stored) {
        return JsonText.read(stored, Limits.TRUSTED, ValueJson::stored);
    }

    private static MapValue stored(JsonInput in) {
        return new ValueReader(in).map(1, "stored data, an object");
    }
}
