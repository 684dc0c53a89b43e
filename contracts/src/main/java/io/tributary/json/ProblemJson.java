package io.tributary.json;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;

/** Problems as {@code application/problem+json} (RFC 9457), with the members that apply. */
public final class ProblemJson {

    private ProblemJson() {}

    public static byte[] write(Problem problem) {
        return JsonOutput.bytes(out -> ProblemForm.write(out, problem));
    }

    /**
     * Reads a problem; members that this version does not know are ignored. A type that it does not know becomes one with
     * the same status.
     *
     * @throws ProblemException when {@code json} is no problem
     */
    public static Problem read(byte[] json) {
        return JsonText.read(json, Limits.TRUSTED, ProblemForm::read);
    }
}
