package io.tributary.json;

import io.tributary.change.BatchOutcome;
import io.tributary.change.ProblemException;

/** Outcomes of batches as JSON: as callers get them, and as the service keeps them for repetitions. */
public final class BatchOutcomeJson {

    private BatchOutcomeJson() {}

    /** Writes {@code {"id", "time", "results": […]}} as the caller gets it; {@code id} is left out where there is none. */
    public static byte[] write(BatchOutcome.Applied outcome, IntegerForm integers) {
        return JsonOutput.bytes(out -> new BatchOutcomeWriter(out, Form.of(integers)).applied(outcome));
    }

    /**
     * Reads what {@link #write} wrote; members that this version does not know are ignored.
     *
     * @throws ProblemException when {@code json} is no such outcome
     */
    public static BatchOutcome.Applied read(byte[] json) {
        return JsonText.read(json, Limits.TRUSTED, BatchOutcomeReader::applied);
    }

    /** Writes an outcome with its problem, if it has one, for the service's own use. */
    public static byte[] writeStored(BatchOutcome outcome) {
        return JsonOutput.bytes(out -> new BatchOutcomeWriter(out, Form.WIRE).stored(outcome));
    }

    /**
     * Reads what {@link #writeStored} wrote.
     *
     * @throws ProblemException when {@code json} is anything else
     */
    public static BatchOutcome readStored(byte[] json) {
        return JsonText.read(json, Limits.TRUSTED, BatchOutcomeReader::stored);
    }
}
