package io.tributary.service.http;

import io.tributary.name.CollectionName;
import io.tributary.name.DocumentName;
import io.tributary.service.lane.KeyedNames;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The names of documents whose creator leaves the choice to the service. */
final class NewNames {

    private final Supplier<UUID> timeOrdered;
    private final KeyedNames keyed;

    /**
     * @param timeOrdered gives unique UUIDs of version 7 (RFC 9562), later ones greater
     * @param keyed gives the names for creators with an idempotency key, so that a repetition finds the document
     */
    NewNames(Supplier<UUID> timeOrdered, KeyedNames keyed) {
        this.timeOrdered = timeOrdered;
        this.keyed = keyed;
    }

    /**
     * A name in a collection.
     *
     * @param key the creator's idempotency key, null when there is none
     * @throws IllegalArgumentException when the name gets too long
     */
    DocumentName in(CollectionName collection, @Nullable String key) {
        return key == null ? collection.document(timeOrdered.get().toString()) : keyed.name(collection, key);
    }
}
