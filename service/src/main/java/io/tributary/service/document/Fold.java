package io.tributary.service.document;

import io.tributary.name.DocumentName;
import io.tributary.write.Write;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Folds many writes on many documents: each write sees the results of those before, and only the last state of a document
 * remains to be stored. Not thread-safe.
 */
public final class Fold {

    private final Map<DocumentName, DocumentState> loaded;
    private final DocumentLimits limits;
    private final Map<DocumentName, DocumentState> changed = new LinkedHashMap<>();

    /** @param loaded the stored states of all documents that will be written to; those left out never existed */
    public Fold(Map<DocumentName, DocumentState> loaded, DocumentLimits limits) {
        this.loaded = Map.copyOf(loaded);
        this.limits = limits;
    }

    /** Applies a write as {@link Documents#apply} does, to the document as the writes before have left it. */
    public Result apply(Write write, Instant time, @Nullable String actor) {
        Result result = Documents.apply(state(write.document()), write, time, actor, limits);
        if (result instanceof Result.Applied applied) {
            changed.put(write.document(), applied.after());
        }
        return result;
    }

    /** Takes over what was applied elsewhere to a document as {@link #state} gave it. */
    public void adopt(DocumentState after) {
        changed.put(after.name(), after);
    }

    /** A document as the writes so far have left it. */
    public DocumentState state(DocumentName document) {
        DocumentState state = changed.get(document);
        return state == null ? stored(document) : state;
    }

    /** The last state of a document that has changed; null for another. */
    public @Nullable DocumentState changed(DocumentName document) {
        return changed.get(document);
    }

    /** What is to be stored: the last state of each document that has changed. */
    public List<Folded> changed() {
        return changed.values().stream()
                .map(state -> folded(stored(state.name()), state))
                .toList();
    }

    /** How many documents have changed. */
    public int size() {
        return changed.size();
    }

    private static Folded folded(DocumentState before, DocumentState state) {
        return new Folded(before.version(), before.isTombstone(), state);
    }

    private DocumentState stored(DocumentName document) {
        return loaded.getOrDefault(document, DocumentState.missing(document));
    }

    /**
     * A document that some writes have changed.
     *
     * @param previous the version that is stored: the one that the first of them was applied to
     * @param ofTombstone whether that version is a deletion
     * @param state what the last of them left
     */
    public record Folded(long previous, boolean ofTombstone, DocumentState state) {}
}
