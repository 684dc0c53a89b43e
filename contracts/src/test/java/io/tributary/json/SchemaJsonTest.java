package io.tributary.json;

import static io.tributary.json.Refusal.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.query.CollectionSchema;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaJsonTest {

    private static final Instant TIME = Instant.parse("2026-11-21T08:00:00Z");
    private static final CollectionSchema SCHEMA =
            new CollectionSchema("cities/*/landmarks", 3, "{ \"maximum\": 1e400 }", TIME, TIME.plusSeconds(1));

    @Test
    void writesASchemaAsItCame() {
        assertThat(text(SchemaJson.write(SCHEMA)))
                .isEqualTo("{\"collection\":\"cities/*/landmarks\",\"version\":3,"
                        + "\"createdAt\":\"2026-11-21T08:00:00.000000Z\",\"updatedAt\":\"2026-11-21T08:00:01.000000Z\","
                        + "\"schema\":{ \"maximum\": 1e400 }}");
    }

    @Test
    void writesAListOfSchemas() {
        assertThat(text(SchemaJson.write(List.of(SCHEMA))))
                .startsWith("{\"schemas\":[{\"collection\"")
                .endsWith("}]}");
    }
}
