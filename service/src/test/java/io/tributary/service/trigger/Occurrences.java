package io.tributary.service.trigger;

import io.tributary.change.Change;
import io.tributary.json.Limits;
import io.tributary.json.TriggerJson;
import io.tributary.json.ValueJson;
import io.tributary.name.DocumentName;
import io.tributary.trigger.Trigger;
import io.tributary.value.MapValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes and triggers to try. JSON is written with single quotes. */
final class Occurrences {

    static final Instant TIME = Instant.parse("2026-11-21T08:00:00Z");

    private Occurrences() {}

    static Occurrence update(String document, String after, String... changed) {
        return change(Change.Kind.UPDATE, document, after, List.of(changed), null);
    }

    static Occurrence create(String document, String after) {
        return change(Change.Kind.CREATE, document, after, List.of(), null);
    }

    static Occurrence delete(String document) {
        return change(Change.Kind.DELETE, document, null, List.of(), null);
    }

    /** An update by a write with this id. */
    static Occurrence by(String id) {
        return change(Change.Kind.UPDATE, "products/p1", "{}", List.of(), id);
    }

    private static Occurrence change(
            Change.Kind kind, String document, @Nullable String after, List<String> changed, @Nullable String id) {
        return new Occurrence(
                3,
                new Change(
                        DocumentName.ofKey(document),
                        7,
                        kind,
                        TIME,
                        42,
                        after == null ? null : data(after),
                        null,
                        changed,
                        List.of(),
                        null,
                        new Change.Origin(id, null, "ada", true)));
    }

    private static MapValue data(String json) {
        return ValueJson.readDocument(bytes(json), Limits.DEFAULT);
    }

    /** @param members those beside {@code collection} */
    static Trigger trigger(String members) {
        return TriggerJson.read("default", bytes("{'collection': 'products', " + members + "}"), Limits.DEFAULT);
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
