package io.tributary.json;

import io.tributary.change.ProblemException;
import io.tributary.query.UpdateByQuery;

/** Updates by query as JSON. */
public final class UpdateByQueryJson {

    private UpdateByQueryJson() {}

    /**
     * Reads {@code {"collection", "where", …}} with operators, {@code steps} or {@code "delete": true}, and options.
     *
     * @param database the database of the collection
     * @throws ProblemException with a JSON Pointer to the fault
     */
    public static UpdateByQuery read(String database, byte[] body, Limits limits) {
        return JsonText.read(body, limits, in -> UpdateByQueryReader.read(in, database));
    }

    /**
     * Reads what {@link #write} wrote, whatever the limits are.
     *
     * @throws ProblemException when {@code json} is anything else
     */
    public static UpdateByQuery readStored(String database, byte[] json) {
        return JsonText.read(json, Limits.TRUSTED, in -> UpdateByQueryReader.read(in, database));
    }

    /** Writes what {@link #read} reads back in the same database. */
    public static byte[] write(UpdateByQuery update) {
        return JsonOutput.bytes(out -> new UpdateByQueryWriter(out, Form.WIRE).write(update));
    }

    /** Tells a repetition of an update by query from another one: 16 bytes of a SHA-256. The order of members is nothing. */
    public static byte[] fingerprint(UpdateByQuery update) {
        return Fingerprint.of(out -> new UpdateByQueryWriter(out, Form.CANONICAL).write(update));
    }
}
