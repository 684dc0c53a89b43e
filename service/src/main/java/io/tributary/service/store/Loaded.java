package io.tributary.service.store;

import io.tributary.name.DocumentName;
import io.tributary.service.document.DocumentState;
import java.util.Map;

/**
 * What a load found.
 *
 * @param documents the last states of those that ever existed
 * @param outcomes the outcomes of those keys that are remembered
 */
public record Loaded(Map<DocumentName, DocumentState> documents, Map<IdempotencyKey, Outcome> outcomes) {

    public static final Loaded NOTHING = new Loaded(Map.of(), Map.of());

    /** A remembered outcome, as it was given to {@link Commit.Remembered}. */
    public record Outcome(byte[] fingerprint, byte[] outcome) {}
}
