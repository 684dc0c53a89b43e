package io.tributary.json;

import io.tributary.query.Selection;
import io.tributary.query.UpdateByQuery;
import io.tributary.write.Filter;
import tools.jackson.core.JsonGenerator;

/** Writes one update by query; what is as a reader would assume it anyway is left out. */
final class UpdateByQueryWriter {

    private final JsonGenerator out;
    private final Form form;

    UpdateByQueryWriter(JsonGenerator out, Form form) {
        this.out = out;
        this.form = form;
    }

    void write(UpdateByQuery update) {
        out.writeStartObject();
        selection(update.selection());
        new ActionWriter(out, form).action(update.action());
        options(update.options());
        out.writeEndObject();
    }

    private void selection(Selection selection) {
        out.writeStringProperty("collection", selection.collection().path());
        out.writeName("where");
        new FilterWriter(out, form).filter(selection.where());
        if (selection.where().equals(Filter.ALWAYS)) {
            out.writeBooleanProperty("all", true);
        }
        if (!selection.orderBy().isEmpty()) {
            out.writeArrayPropertyStart("orderBy");
            selection.orderBy().forEach(key -> out.writeString(key.toString()));
            out.writeEndArray();
        }
        if (selection.offset() > 0) {
            out.writeNumberProperty("offset", selection.offset());
        }
        if (selection.limit() != null) {
            out.writeNumberProperty("limit", selection.limit());
        }
    }

    private void options(UpdateByQuery.Options options) {
        if (!options.fireTriggers()) {
            out.writeBooleanProperty("fireTriggers", false);
        }
        if (options.rate() != null) {
            out.writeNumberProperty("rate", options.rate());
        }
        if (options.max() != null) {
            out.writeNumberProperty("max", options.max());
        }
        if (options.dryRun()) {
            out.writeBooleanProperty("dryRun", true);
        }
    }
}
