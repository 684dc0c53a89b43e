package io.tributary.json;

import io.tributary.change.Change;
import io.tributary.value.MapValue;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes one change. */
final class ChangeWriter {

    private final JsonGenerator out;
    private final Form form;
    private final ValueWriter values;

    ChangeWriter(JsonGenerator out, Form form) {
        this.out = out;
        this.form = form;
        this.values = new ValueWriter(out, form);
    }

    void change(Change change) {
        out.writeStartObject();
        out.writeNumberProperty("format", Change.FORMAT);
        out.writeStringProperty("database", change.document().database());
        out.writeStringProperty("document", change.document().path());
        out.writeNumberProperty("version", change.version());
        out.writeStringProperty("kind", change.kind().wireName());
        out.writeStringProperty("time", Timestamps.format(change.time()));
        out.writeNumberProperty("sequence", change.sequence());
        data("after", change.after());
        if (change.after() == null && change.kind() != Change.Kind.DELETE) {
            out.writeBooleanProperty("folded", true);
        }
        data("before", change.before());
        paths("changed", change.changed());
        paths("removed", change.removed());
        if (change.write() != null) {
            out.writeObjectPropertyStart("write");
            new ActionWriter(out, form).patch(change.write());
            out.writeEndObject();
        }
        origin(change.origin());
        out.writeEndObject();
    }

    private void origin(Change.Origin origin) {
        if (origin.id() != null) {
            out.writeStringProperty("id", origin.id());
        }
        if (origin.batch() != null) {
            batch(origin.batch());
        }
        if (origin.actor() != null) {
            out.writeStringProperty("actor", origin.actor());
        }
        out.writeBooleanProperty("fireTriggers", origin.fireTriggers());
    }

    private void batch(Change.Batch batch) {
        out.writeObjectPropertyStart("batch");
        if (batch.id() != null) {
            out.writeStringProperty("id", batch.id());
        }
        out.writeNumberProperty("index", batch.index());
        out.writeNumberProperty("size", batch.size());
        out.writeObjectPropertyStart("lanes");
        batch.lanes().forEach((lane, sequence) -> out.writeNumberProperty(Integer.toString(lane), sequence));
        out.writeEndObject();
        out.writeEndObject();
    }

    private void data(String name, @Nullable MapValue data) {
        if (data != null) {
            out.writeName(name);
            values.map(data);
        }
    }

    private void paths(String name, List<String> paths) {
        out.writeArrayPropertyStart(name);
        paths.forEach(out::writeString);
        out.writeEndArray();
    }
}
