package io.tributary.json;

import io.tributary.change.BatchOutcome;
import tools.jackson.core.JsonGenerator;

/** Writes one outcome of a batch. */
final class BatchOutcomeWriter {

    private final JsonGenerator out;
    private final OutcomeWriter results;

    BatchOutcomeWriter(JsonGenerator out, Form form) {
        this.out = out;
        this.results = new OutcomeWriter(out, form);
    }

    void stored(BatchOutcome outcome) {
        out.writeStartObject();
        if (outcome instanceof BatchOutcome.Applied applied) {
            out.writeName("applied");
            applied(applied);
        } else if (outcome instanceof BatchOutcome.Refused refused) {
            out.writeName("refused");
            ProblemForm.write(out, refused.problem());
        }
        out.writeEndObject();
    }

    void applied(BatchOutcome.Applied outcome) {
        out.writeStartObject();
        if (outcome.id() != null) {
            out.writeStringProperty("id", outcome.id());
        }
        out.writeStringProperty("time", Timestamps.format(outcome.time()));
        out.writeArrayPropertyStart("results");
        outcome.results().forEach(results::applied);
        out.writeEndArray();
        out.writeEndObject();
    }
}
