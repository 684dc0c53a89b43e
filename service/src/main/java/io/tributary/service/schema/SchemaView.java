package io.tributary.service.schema;

import io.tributary.change.Problem.Violation;
import io.tributary.change.ProblemException;
import io.tributary.name.DocumentName;
import io.tributary.service.document.DocumentSchema;
import io.tributary.service.document.DocumentSchemas;
import io.tributary.service.store.Definition;
import io.tributary.value.MapValue;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All schemas as of one moment, compiled. Immutable. */
final class SchemaView implements DocumentSchemas {

    static final SchemaView EMPTY = new SchemaView(Map.of(), Map.of());

    private static final Logger log = LoggerFactory.getLogger(SchemaView.class);

    private final Map<Definition.Key, Compiled> byKey;
    private final Map<String, Map<String, DocumentSchema>> byDatabase;

    private record Compiled(long version, DocumentSchema schema) {}

    private SchemaView(Map<Definition.Key, Compiled> byKey, Map<String, Map<String, DocumentSchema>> byDatabase) {
        this.byKey = byKey;
        this.byDatabase = byDatabase;
    }

    /** The exact collection's schema comes before that of all collections of its kind. */
    @Override
    public @Nullable DocumentSchema of(DocumentName document) {
        Map<String, DocumentSchema> schemas = byDatabase.get(document.database());
        if (schemas == null) {
            return null;
        }
        String collection = document.collection();
        DocumentSchema exact = schemas.get(collection);
        return exact != null || collection.indexOf('/') < 0 ? exact : schemas.get(SchemaName.ofAllLike(collection));
    }

    /** What follows on this; takes over what is compiled already. */
    SchemaView next(List<Definition> all) {
        Map<Definition.Key, Compiled> compiled = new HashMap<>();
        Map<String, Map<String, DocumentSchema>> schemas = new HashMap<>();
        for (Definition definition : all) {
            if (definition.key().kind() == Definition.Kind.SCHEMA) {
                Compiled known = byKey.get(definition.key());
                Compiled each = known != null && known.version() == definition.version() ? known : compiled(definition);
                compiled.put(definition.key(), each);
                schemas.computeIfAbsent(definition.key().database(), database -> new HashMap<>())
                        .put(definition.key().name(), each.schema());
            }
        }
        return new SchemaView(Map.copyOf(compiled), Map.copyOf(schemas));
    }

    private static Compiled compiled(Definition definition) {
        try {
            byte[] json = definition.body().getBytes(StandardCharsets.UTF_8);
            return new Compiled(definition.version(), SchemaCompiler.compile(json));
        } catch (ProblemException refused) {
            log.error("No document can be written that has the schema {}: {}", definition.key(), refused.getMessage());
            return new Compiled(definition.version(), SchemaView::refuse);
        }
    }

    /** A schema that was saved by another release may be none for this one: nothing gets past it unjudged. */
    private static List<Violation> refuse(MapValue data) {
        return List.of(new Violation("", "cannot be judged: this release cannot use the schema of its collection"));
    }
}
