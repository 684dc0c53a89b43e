package io.tributary.load.peer.streams;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Applies {@code {"create": data}} and {@code {"increment": {field: number}}} to a document; other updates do nothing. */
final class UpdateProcessor implements Processor<String, byte[], String, byte[]> {

    private static final JsonMapper JSON = JsonMapper.shared();

    private @Nullable ProcessorContext<String, byte[]> context;
    private @Nullable KeyValueStore<String, byte[]> documents;

    @Override
    public void init(ProcessorContext<String, byte[]> given) {
        context = given;
        documents = given.getStateStore(DocumentStore.NAME);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        if (context == null || documents == null) {
            throw new IllegalStateException("not initialised");
        }
        JsonNode update = JSON.readTree(record.value());
        ObjectNode document = updated(update, documents.get(record.key()));
        if (document != null) {
            documents.put(record.key(), JSON.writeValueAsBytes(document));
            context.forward(record.withValue(JSON.writeValueAsBytes(change(record.key(), document, update))));
        }
    }

    /** The document after an update; null when nothing happens. */
    private static @Nullable ObjectNode updated(JsonNode update, byte @Nullable [] stored) {
        if (update.has("create")) {
            return stored == null ? document(1, update.get("create")) : null;
        }
        if (stored == null || !update.has("increment")) {
            return null;
        }
        JsonNode document = JSON.readTree(stored);
        ObjectNode data = (ObjectNode) document.get("data");
        for (Map.Entry<String, JsonNode> each : update.get("increment").properties()) {
            data.put(
                    each.getKey(),
                    Math.addExact(
                            data.path(each.getKey()).asLong(), each.getValue().asLong()));
        }
        return document(document.path("version").asLong() + 1, data);
    }

    private static ObjectNode document(long version, JsonNode data) {
        return JSON.createObjectNode().put("version", version).set("data", data);
    }

    private static ObjectNode change(String name, ObjectNode document, JsonNode update) {
        ObjectNode change = JSON.createObjectNode()
                .put("document", name)
                .put("version", document.path("version").asLong())
                .put("time", Instant.now().toString());
        change.set("after", document.get("data"));
        change.set("write", update);
        return change;
    }
}
