package io.tributary.json;

import io.tributary.change.Outcome;
import io.tributary.change.ProblemException;

/** Outcomes as JSON: as callers get them, and as the service keeps them for repetitions. */
public final class OutcomeJson {

    private OutcomeJson() {}

    /**
     * Writes the outcome of a write as its caller gets it. {@code database} is left out where it is the default; {@code
     * changes}, {@code removed}, {@code omitted} and {@code results} where they are empty.
     */
    public static byte[] write(Outcome.Applied outcome, IntegerForm integers) {
        return JsonOutput.bytes(out -> new OutcomeWriter(out, Form.of(integers)).applied(outcome));
    }

    /**
     * Reads what {@link #write} wrote; members that this version does not know are ignored.
     *
     * @throws ProblemException when {@code json} is no such outcome
     */
    public static Outcome.Applied read(byte[] json) {
        return JsonText.read(json, Limits.TRUSTED, OutcomeReader::applied);
    }

    /** Writes an outcome with its problem, if it has one, for the service's own use. */
    public static byte[] writeStored(Outcome outcome) {
        return JsonOutput.bytes(out -> new OutcomeWriter(out, Form.WIRE).stored(outcome));
    }

    /**
     * Reads what {@link #writeStored} wrote.
     *
     * @throws ProblemException when {@code json} is anything else
     */
    public static Outcome readStored(byte[] json) {
        return JsonText.read(json, Limits.TRUSTED, OutcomeReader::stored);
    }
}
