package io.tributary.client;

import io.tributary.change.Change;
import io.tributary.query.Document;
import org.jspecify.annotations.Nullable;

/**
 * Something that a watch tells. Who puts what is present, changed or entered, removes what left or whose change is a
 * delete, and forgets everything at a reset, has what the service has.
 */
public sealed interface WatchEvent {

    /** Where a later watch goes on behind this event; null where there is no such place. */
    @Nullable
    String token();

    /** A document that is there. */
    record Present(@Nullable String token, Document document) implements WatchEvent {}

    /** A change of a document that is watched; the {@code id} of its write tells whose it is. */
    record Changed(@Nullable String token, Change change) implements WatchEvent {}

    /** A change after which a document matches that did not, as far as the service knows. */
    record Entered(@Nullable String token, Change change) implements WatchEvent {}

    /** A change after which a document does not match, or is deleted; it need not have been told before. */
    record Left(@Nullable String token, Change change) implements WatchEvent {}

    /** Everything up to here was told, and no change of a batch is missing that belongs to what was told. */
    record Synced(@Nullable String token) implements WatchEvent {}

    /**
     * What was told before may be out of date, and all is told anew.
     *
     * @param reason {@code too-old} for example
     */
    record Reset(@Nullable String token, String reason) implements WatchEvent {}
}
