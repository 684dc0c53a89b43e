package io.tributary.json;

import io.tributary.name.DatabaseName;
import io.tributary.write.Action;
import io.tributary.write.Condition;
import io.tributary.write.Stamp;
import io.tributary.write.Write;
import io.tributary.write.WriteOptions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes one write; what is as a reader would assume it anyway is left out. */
final class WriteWriter {

    private final JsonGenerator out;
    private final Form form;

    WriteWriter(JsonGenerator out, Form form) {
        this.out = out;
        this.form = form;
    }

    void write(Write write) {
        out.writeStartObject();
        string("id", write.id());
        if (!write.document().database().equals(DatabaseName.DEFAULT)) {
            out.writeStringProperty("database", write.document().database());
        }
        out.writeStringProperty("document", write.document().path());
        new ActionWriter(out, form).action(write.action());
        condition(write.condition());
        options(write.options());
        out.writeEndObject();
    }

    /** Writes an update whose document and id stand elsewhere. */
    void update(Write write, Action.Update update) {
        out.writeStartObject();
        new ActionWriter(out, form).patch(update);
        condition(write.condition());
        options(write.options());
        out.writeEndObject();
    }

    private void condition(Condition condition) {
        if (condition.equals(Condition.NONE)) {
            return;
        }
        out.writeObjectPropertyStart("if");
        if (condition.exists() != null) {
            out.writeBooleanProperty("exists", condition.exists());
        }
        if (condition.version() != null) {
            out.writeNumberProperty("version", condition.version());
        }
        time("time", condition.time());
        if (condition.where() != null) {
            out.writeName("where");
            new FilterWriter(out, form).filter(condition.where());
        }
        out.writeEndObject();
    }

    private void options(WriteOptions options) {
        if (options.answer() != WriteOptions.DEFAULT.answer()) {
            out.writeStringProperty("return", OptionReader.wireName(options.answer()));
        }
        if (!options.fireTriggers()) {
            out.writeBooleanProperty("fireTriggers", false);
        }
        if (options.onInvalid() != WriteOptions.DEFAULT.onInvalid()) {
            out.writeStringProperty("onInvalid", OptionReader.wireName(options.onInvalid()));
        }
        if (!options.stamp().equals(Stamp.NONE)) {
            out.writeObjectPropertyStart("stamp");
            time("createdAt", options.stamp().createdAt());
            time("updatedAt", options.stamp().updatedAt());
            string("createdBy", options.stamp().createdBy());
            string("updatedBy", options.stamp().updatedBy());
            out.writeEndObject();
        }
    }

    private void time(String name, @Nullable Instant time) {
        if (time != null) {
            out.writeStringProperty(name, Timestamps.format(time));
        }
    }

    private void string(String name, @Nullable String value) {
        if (value != null) {
            out.writeStringProperty(name, value);
        }
    }
}
