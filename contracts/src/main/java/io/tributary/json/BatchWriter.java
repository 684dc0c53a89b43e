package io.tributary.json;

import io.tributary.write.Batch;
import io.tributary.write.Write;
import tools.jackson.core.JsonGenerator;

/** Writes one batch; what is as a reader would assume it anyway is left out. */
final class BatchWriter {

    private final JsonGenerator out;
    private final WriteWriter writes;

    BatchWriter(JsonGenerator out, Form form) {
        this.out = out;
        this.writes = new WriteWriter(out, form);
    }

    void write(Batch batch) {
        out.writeStartObject();
        if (batch.id() != null) {
            out.writeStringProperty("id", batch.id());
        }
        if (!batch.writes().isEmpty()) {
            out.writeArrayPropertyStart("writes");
            for (Write write : batch.writes()) {
                writes.write(write);
            }
            out.writeEndArray();
        }
        if (!batch.reads().isEmpty()) {
            out.writeArrayPropertyStart("reads");
            batch.reads().forEach(this::read);
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    private void read(Batch.Read read) {
        out.writeStartObject();
        out.writeStringProperty("document", read.document().path());
        out.writeNumberProperty("version", read.version());
        out.writeEndObject();
    }
}
