package io.tributary.service.watch;

import io.tributary.json.ValueJson;
import io.tributary.name.DocumentName;
import io.tributary.service.document.DocumentState;
import io.tributary.service.store.Store;
import io.tributary.service.watch.feed.Watched;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What is there, read page by page, each as of another moment: a document that was passed is up to date by its changes, one
 * that was not will be read. Confined to its watch.
 */
final class Snapshot {

    private static final int FIRST_PAGE = 64;
    private static final int LARGEST_PAGE = 1_000;
    private static final long PAGE_BYTES = 512 << 10;

    private final Store store;
    private final Watched watched;
    private int limit = FIRST_PAGE;
    private @Nullable DocumentName last;
    private boolean done;

    Snapshot(Store store, Watched watched) {
        this.store = store;
        this.watched = watched;
    }

    /** Emits the next documents, of a single one also when it does not exist. Errs as the store does. */
    Mono<List<DocumentState>> page() {
        return switch (watched) {
            case Watched.OfDocument(var name) -> store.document(name).map(List::of);
            case Watched.OfCollection(var name, var where) -> store.page(name, last == null ? null : last.id(), limit);
        };
    }

    /** Says that a page was told. */
    void pass(List<DocumentState> page) {
        done = watched instanceof Watched.OfDocument || page.size() < limit;
        if (!page.isEmpty()) {
            last = page.getLast().name();
            limit = Math.clamp(PAGE_BYTES * page.size() / bytes(page), 1, LARGEST_PAGE);
        }
    }

    boolean isDone() {
        return done;
    }

    /** Whether a document of what is watched was passed: what it was then was told, if it was there. */
    boolean hasPassed(DocumentName document) {
        return done || (last != null && document.compareTo(last) <= 0);
    }

    private static long bytes(List<DocumentState> page) {
        return 1 + page.stream().mapToInt(Snapshot::bytes).asLongStream().sum();
    }

    /** The length of a document's JSON. */
    static int bytes(DocumentState document) {
        return document.data() == null ? 0 : ValueJson.size(document.data());
    }
}
