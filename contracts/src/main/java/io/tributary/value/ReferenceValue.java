package io.tributary.value;

import io.tributary.name.DocumentName;

/**
 * Refers to a document, which need not exist.
 *
 * @param document the document; one of the default database is written without its database
 */
public record ReferenceValue(DocumentName document) implements Value {

    @Override
    public ValueType type() {
        return ValueType.REFERENCE;
    }
}
