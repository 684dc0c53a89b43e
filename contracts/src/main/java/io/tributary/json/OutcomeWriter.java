package io.tributary.json;

import io.tributary.change.Outcome;
import io.tributary.name.DatabaseName;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes one outcome. */
final class OutcomeWriter {

    private final JsonGenerator out;
    private final ValueWriter values;

    OutcomeWriter(JsonGenerator out, Form form) {
        this.out = out;
        this.values = new ValueWriter(out, form);
    }

    void stored(Outcome outcome) {
        out.writeStartObject();
        if (outcome instanceof Outcome.Applied applied) {
            out.writeName("applied");
            applied(applied);
        } else if (outcome instanceof Outcome.Refused refused) {
            out.writeObjectPropertyStart("refused");
            out.writeStringProperty("document", refused.document().key());
            out.writeName("problem");
            ProblemForm.write(out, refused.problem());
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    void applied(Outcome.Applied outcome) {
        out.writeStartObject();
        members(outcome);
        out.writeEndObject();
    }

    /** The members alone, inside an object that has others. */
    void members(Outcome.Applied outcome) {
        if (!outcome.document().database().equals(DatabaseName.DEFAULT)) {
            out.writeStringProperty("database", outcome.document().database());
        }
        out.writeStringProperty("document", outcome.document().path());
        out.writeNumberProperty("version", outcome.version());
        if (outcome.time() != null) {
            out.writeStringProperty("time", Timestamps.format(outcome.time()));
        }
        out.writeBooleanProperty("created", outcome.created());
        out.writeBooleanProperty("modified", outcome.modified());
        effect(outcome.effect());
        if (!outcome.steps().isEmpty()) {
            out.writeArrayPropertyStart("results");
            for (Outcome.Effect step : outcome.steps()) {
                out.writeStartObject();
                effect(step);
                out.writeEndObject();
            }
            out.writeEndArray();
        }
        if (!outcome.skipped().isEmpty()) {
            out.writeArrayPropertyStart("skipped");
            outcome.skipped().forEach(this::skipped);
            out.writeEndArray();
        }
        if (outcome.data() != null) {
            out.writeName("data");
            values.map(outcome.data());
        }
    }

    private void skipped(Outcome.Skipped skipped) {
        out.writeStartObject();
        out.writeStringProperty("path", skipped.path());
        out.writeName("problem");
        ProblemForm.write(out, skipped.problem());
        out.writeEndObject();
    }

    private void effect(Outcome.Effect effect) {
        if (!effect.changes().isEmpty()) {
            out.writeObjectPropertyStart("changes");
            effect.changes().forEach((path, value) -> {
                out.writeName(path);
                values.value(value);
            });
            out.writeEndObject();
        }
        paths("removed", effect.removed());
        paths("omitted", effect.omitted());
    }

    private void paths(String name, List<String> paths) {
        if (!paths.isEmpty()) {
            out.writeArrayPropertyStart(name);
            paths.forEach(out::writeString);
            out.writeEndArray();
        }
    }
}
