package io.tributary.json;

import io.tributary.change.BulkAnswer;
import tools.jackson.core.JsonGenerator;

/** Writes one answer to a line of a bulk. */
final class BulkAnswerWriter {

    private final JsonGenerator out;
    private final OutcomeWriter outcomes;

    BulkAnswerWriter(JsonGenerator out, Form form) {
        this.out = out;
        this.outcomes = new OutcomeWriter(out, form);
    }

    void write(BulkAnswer answer) {
        out.writeStartObject();
        out.writeNumberProperty("line", answer.line());
        if (answer instanceof BulkAnswer.Applied applied) {
            out.writeNumberProperty("status", applied.outcome().created() ? 201 : 200);
            outcomes.members(applied.outcome());
        } else if (answer instanceof BulkAnswer.Refused refused) {
            out.writeNumberProperty("status", refused.problem().type().status());
            out.writeName("problem");
            ProblemForm.write(out, refused.problem());
        }
        out.writeEndObject();
    }
}
