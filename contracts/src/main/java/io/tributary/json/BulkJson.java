package io.tributary.json;

import io.tributary.change.BulkAnswer;
import io.tributary.change.ProblemException;
import io.tributary.write.Write;

/** The lines of a bulk, and the answers to them. None has its line feed here, and none holds another. */
public final class BulkJson {

    private BulkJson() {}

    /**
     * Reads a line: a write that names its document, as strictly as {@link WriteJson} reads one.
     *
     * @param database the database of all documents of the bulk
     * @throws ProblemException with a JSON Pointer to the fault in the line
     */
    public static Write read(String database, byte[] line, Limits limits) {
        return JsonText.read(line, limits, in -> WriteReader.ofDatabase(in, database));
    }

    /** Writes a line that {@link #read} reads back as an equal write. */
    public static byte[] write(Write write) {
        return WriteJson.write(write);
    }

    /**
     * Writes {@code {"line", "status"}} and behind them the members of the outcome, or {@code "problem"}. The status is what
     * the write alone would have been answered with, without preferences: 200, 201, or its problem's.
     */
    public static byte[] writeAnswer(BulkAnswer answer, IntegerForm integers) {
        return JsonOutput.bytes(out -> new BulkAnswerWriter(out, Form.of(integers)).write(answer));
    }

    /**
     * Reads what {@link #writeAnswer} wrote; members that this version does not know are ignored.
     *
     * @throws ProblemException when {@code json} is no such answer
     */
    public static BulkAnswer readAnswer(byte[] json) {
        return JsonText.read(json, Limits.TRUSTED, BulkAnswerReader::read);
    }
}
