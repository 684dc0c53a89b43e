package io.tributary.json;

import io.tributary.query.CollectionSchema;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Schemas of collections as JSON. */
public final class SchemaJson {

    private SchemaJson() {}

    /** Writes {@code {"collection", "version", "createdAt", "updatedAt", "schema"}}. */
    public static byte[] write(CollectionSchema schema) {
        return JsonOutput.bytes(out -> write(schema, out));
    }

    /** Writes {@code {"schemas": […]}}. */
    public static byte[] write(List<CollectionSchema> schemas) {
        return JsonOutput.bytes(out -> {
            out.writeStartObject();
            out.writeArrayPropertyStart("schemas");
            schemas.forEach(schema -> write(schema, out));
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static void write(CollectionSchema schema, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("collection", schema.collection());
        out.writeNumberProperty("version", schema.version());
        out.writeStringProperty("createdAt", Timestamps.format(schema.createdAt()));
        out.writeStringProperty("updatedAt", Timestamps.format(schema.updatedAt()));
        out.writeName("schema");
        out.writeRawValue(schema.schema());
        out.writeEndObject();
    }
}
