package io.tributary.service.document;

import io.tributary.json.FilterJson;
import io.tributary.json.Limits;
import io.tributary.json.ValueJson;
import io.tributary.json.WriteJson;
import io.tributary.name.DocumentName;
import io.tributary.value.MapValue;
import io.tributary.value.Value;
import io.tributary.write.Action;
import io.tributary.write.Filter;
import io.tributary.write.JsonPatchOperation;
import io.tributary.write.Operator;
import io.tributary.write.Step;
import io.tributary.write.Write;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Values, writes and filters of tests, written as JSON. */
public final class Json {

    /** The document of all writes that are made here. */
    public static final DocumentName NAME = DocumentName.of("products/p42");

    private Json() {}

    public static Value value(String json) {
        return ValueJson.read(bytes(json), Limits.DEFAULT);
    }

    public static MapValue map(String json) {
        return ValueJson.readDocument(bytes(json), Limits.DEFAULT);
    }

    public static Filter filter(String json) {
        return FilterJson.read(json, Limits.DEFAULT);
    }

    /** A filter over array elements. */
    public static Filter elementFilter(String json) {
        var update = (Action.Update)
                update("{\"removeWhere\": {\"a\": " + json + "}}").action();
        return ((Operator.RemoveWhere) update.steps().getFirst().operators().getFirst()).filter();
    }

    /** An update as {@code PATCH} takes it. */
    public static Write update(String json) {
        return WriteJson.readUpdate(NAME, bytes(json), Limits.DEFAULT);
    }

    public static Step step(String json) {
        return ((Action.Update) update(json).action()).steps().getFirst();
    }

    public static List<JsonPatchOperation> jsonPatch(String json) {
        return ((Action.JsonPatch) WriteJson.readJsonPatch(NAME, bytes(json), Limits.DEFAULT)
                        .action())
                .operations();
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
