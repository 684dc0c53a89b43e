package io.tributary.query;

import io.tributary.name.CollectionName;
import io.tributary.write.Filter;

/**
 * A request to judge the stored documents of a collection by a schema that it may get. Nothing is changed.
 *
 * @param schema a JSON Schema, as text
 */
public record SchemaCheck(CollectionName collection, String schema) implements JobRequest {

    @Override
    public Selection selection() {
        return Selection.of(collection, Filter.ALWAYS);
    }
}
