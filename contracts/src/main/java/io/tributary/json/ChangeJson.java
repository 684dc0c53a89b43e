package io.tributary.json;

import io.tributary.change.Change;
import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import java.util.Optional;

/** Changes as JSON, as the changelog carries them. */
public final class ChangeJson {

    private ChangeJson() {}

    /** Writes a change with all members that apply; {@code folded} says that {@code after} was left out. */
    public static byte[] write(Change change) {
        return write(change, IntegerForm.NUMBER);
    }

    /** The same, with integers in another form. */
    public static byte[] write(Change change, IntegerForm integers) {
        return JsonOutput.bytes(out -> new ChangeWriter(out, Form.of(integers)).change(change));
    }

    /**
     * Reads a change of a kind that this version knows.
     *
     * @throws ProblemException as {@link #readKnown}, and for an unknown kind
     */
    public static Change read(byte[] json) {
        return readKnown(json)
                .orElseThrow(() -> new ProblemException(
                        Problem.of(ProblemType.BAD_VALUE, "this version does not know the change's kind")
                                .withPointer("/kind")));
    }

    /**
     * Reads a change; empty when its kind is one that this version does not know, which consumers skip. Members that it
     * does not know are ignored; a {@code write} that it does not understand is left out.
     *
     * @throws ProblemException when {@code json} is no change, or is of another format
     */
    public static Optional<Change> readKnown(byte[] json) {
        return JsonText.read(json, Limits.TRUSTED, in -> new ChangeReader(in, json).change());
    }
}
