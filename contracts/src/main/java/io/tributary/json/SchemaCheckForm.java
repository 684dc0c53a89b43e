package io.tributary.json;

import io.tributary.change.ProblemType;
import io.tributary.name.CollectionName;
import io.tributary.query.SchemaCheck;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The JSON form of one check of documents by a schema, inside whatever text. */
final class SchemaCheckForm {

    private final JsonInput in;
    private @Nullable String collection;
    private @Nullable String schema;

    private SchemaCheckForm(JsonInput in) {
        this.in = in;
    }

    static void write(JsonGenerator out, SchemaCheck check) {
        out.writeStartObject();
        out.writeStringProperty("collection", check.collection().path());
        out.writeName("schema");
        out.writeRawValue(check.schema());
        out.writeEndObject();
    }

    static SchemaCheck read(JsonInput in, String database) {
        SchemaCheckForm form = new SchemaCheckForm(in);
        in.eachMember("a check, an object", form::member);
        if (form.collection == null || form.schema == null) {
            throw in.fault(ProblemType.BAD_VALUE, "a check has a \"collection\" and a \"schema\"");
        }
        String path = form.collection;
        return new SchemaCheck(
                in.checking(ProblemType.BAD_PATH, () -> new CollectionName(database, path)), form.schema);
    }

    private void member(String name) {
        switch (name) {
            case "collection" -> collection = in.text("a collection");
            case "schema" -> schema = in.raw();
            default -> in.skip();
        }
    }
}
