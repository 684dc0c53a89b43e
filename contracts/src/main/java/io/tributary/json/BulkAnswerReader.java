package io.tributary.json;

import io.tributary.change.BulkAnswer;
import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import org.jspecify.annotations.Nullable;

/** Reads one answer to a line of a bulk, ignoring what it does not know. */
final class BulkAnswerReader {

    private final JsonInput in;
    private final OutcomeReader outcome;
    private long line;
    private @Nullable Problem problem;

    private BulkAnswerReader(JsonInput in) {
        this.in = in;
        this.outcome = new OutcomeReader(in);
    }

    static BulkAnswer read(JsonInput in) {
        return new BulkAnswerReader(in).read();
    }

    private BulkAnswer read() {
        in.eachMember("an answer, an object", this::member);
        if (line < 1) {
            throw in.fault(ProblemType.BAD_VALUE, "the answer has no \"line\"");
        }
        return problem == null
                ? new BulkAnswer.Applied(line, outcome.finished())
                : new BulkAnswer.Refused(line, problem);
    }

    private void member(String name) {
        switch (name) {
            case "line" -> line = in.integer("the number of a line");
            case "problem" -> problem = ProblemForm.read(in);
            default -> outcome.member(name);
        }
    }
}
