package io.tributary.json;

import io.tributary.change.ProblemException;
import io.tributary.name.DocumentName;
import io.tributary.write.Action;
import io.tributary.write.Write;
import org.jspecify.annotations.Nullable;

/**
 * Writes as JSON.
 *
 * <p>Every reader is strict: what it does not know it refuses, with a hint. It throws {@link ProblemException} with a JSON
 * Pointer to the fault.
 */
public final class WriteJson {

    private WriteJson() {}

    /**
     * Reads the value of a record: a whole write. Its {@code database} and {@code document} name what to change; without
     * {@code document} the record's key does.
     *
     * @param key the record's key, {@code collection/id} or {@code database/collection/id}; null when it has none
     */
    public static Write readRecord(byte[] value, @Nullable String key, Limits limits) {
        return JsonText.read(value, limits, in -> WriteReader.ofRecord(in, key));
    }

    /**
     * Reads the body of a {@code PATCH} with {@code application/json}: operators or steps, and options. Anything else that
     * a write may be is refused with the method to use.
     */
    public static Write readUpdate(DocumentName document, byte[] body, Limits limits) {
        return JsonText.read(body, limits, in -> WriteReader.ofUpdate(in, document));
    }

    /** Reads a merge patch (RFC 7396), which must be an object: a document cannot become anything else. */
    public static Write readMergePatch(DocumentName document, byte[] body, Limits limits) {
        return JsonText.read(body, limits, in -> {
            var patch = new ValueReader(in).map(1, "a merge patch, an object");
            return Write.of(document, new Action.MergePatch(patch, false));
        });
    }

    /** Reads a JSON Patch (RFC 6902). */
    public static Write readJsonPatch(DocumentName document, byte[] body, Limits limits) {
        return JsonText.read(
                body, limits, in -> Write.of(document, new Action.JsonPatch(JsonPatchReader.read(in), false)));
    }

    /** Writes what {@link #readRecord} reads back as an equal write. */
    public static byte[] write(Write write) {
        return JsonOutput.bytes(out -> new WriteWriter(out, Form.WIRE).write(write));
    }

    /** Writes what {@link #readUpdate} reads back as an equal write, but for its id, which a header carries. */
    public static byte[] writeUpdate(Write write, Action.Update update) {
        return JsonOutput.bytes(out -> new WriteWriter(out, Form.WIRE).update(write, update));
    }

    /** Writes an update alone, as a change carries it: {@code {"increment": {…}}}, with {@code upsert} where it is. */
    public static byte[] writePatch(Action.Patch patch) {
        return JsonOutput.bytes(out -> {
            out.writeStartObject();
            new ActionWriter(out, Form.WIRE).patch(patch);
            out.writeEndObject();
        });
    }

    /**
     * Reads what {@link #writePatch} wrote.
     *
     * @throws ProblemException also when it holds operators that this version does not know
     */
    public static Action.Patch readPatch(byte[] json) {
        return JsonText.read(json, Limits.TRUSTED, WriteReader::patch);
    }

    /**
     * Tells a repetition of a write from another write: 16 bytes of a SHA-256 over everything but its id. The order of
     * members does not matter, the type of numbers does.
     */
    public static byte[] fingerprint(Write write) {
        return Fingerprint.of(out -> new WriteWriter(out, Form.CANONICAL).write(write.withId(null)));
    }
}
