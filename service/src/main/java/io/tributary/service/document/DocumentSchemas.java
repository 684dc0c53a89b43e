package io.tributary.service.document;

import io.tributary.name.DocumentName;
import org.jspecify.annotations.Nullable;

/** Which schema a document is judged by. Thread-safe; asked once for each write, so that it must be cheap. */
@FunctionalInterface
public interface DocumentSchemas {

    /** No document has a schema. */
    DocumentSchemas NONE = document -> null;

    /** The schema of {@code document}, null when it may be anything. */
    @Nullable
    DocumentSchema of(DocumentName document);
}
