package io.tributary.service.job;

import io.tributary.json.ValueJson;
import io.tributary.name.DocumentName;
import io.tributary.query.Selection;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.Documents;
import io.tributary.service.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A walk through a collection in the order of ids, which never change: whatever is written meanwhile, a document that is
 * there all the time is passed once. It ends with an id that was there at the beginning, so that who creates documents
 * faster than it walks does not keep it from its end. Not thread-safe.
 */
final class Walk {

    private static final int FIRST_PAGE = 64;
    private static final int LARGEST_PAGE = 1_000;
    private static final long PAGE_BYTES = 4 << 20;

    private final Store store;
    private final Scheduler scheduler;
    private final Selection selection;
    private final DocumentName until;
    private @Nullable String after;
    private int pageLimit = FIRST_PAGE;
    private boolean ended;

    /**
     * One step of a walk.
     *
     * @param matches the documents that match
     * @param scanned how many documents were looked at
     */
    record Stretch(List<DocumentState> matches, int scanned) {

        static final Stretch NOTHING = new Stretch(List.of(), 0);

        List<String> ids() {
            return matches.stream().map(document -> document.name().id()).toList();
        }
    }

    /**
     * @param scheduler where documents are judged
     * @param after the id to go on behind, null for the beginning
     * @param until the id to end with
     */
    Walk(Store store, Scheduler scheduler, Selection selection, @Nullable String after, String until) {
        this.store = store;
        this.scheduler = scheduler;
        this.selection = selection;
        this.after = after;
        this.until = selection.collection().document(until);
    }

    /** Emits the next stretch, which has at most {@code most} matches and possibly none. Errs as the store does. */
    Mono<Stretch> next(long most) {
        return Mono.defer(() -> store.page(selection.collection(), after, pageLimit))
                .publishOn(scheduler)
                .map(page -> stretch(page, most));
    }

    /** Whether nothing is left. */
    boolean ended() {
        return ended;
    }

    /** The id that was passed last, null at the beginning. */
    @Nullable
    String after() {
        return after;
    }

    private Stretch stretch(List<DocumentState> page, long most) {
        List<DocumentState> matches = new ArrayList<>();
        int scanned = 0;
        long bytes = 1;
        for (DocumentState document : page) {
            if (matches.size() == most) {
                return new Stretch(matches, scanned);
            }
            int toTheEnd = document.name().compareTo(until);
            if (toTheEnd > 0) {
                ended = true;
                return new Stretch(matches, scanned);
            }
            scanned++;
            bytes += document.data() == null ? 0 : ValueJson.size(document.data());
            after = document.name().id();
            ended = toTheEnd == 0;
            if (Documents.matches(selection.where(), document)) {
                matches.add(document);
            }
        }
        ended = ended || page.size() < pageLimit;
        pageLimit = Math.clamp(PAGE_BYTES * scanned / bytes, 1, LARGEST_PAGE);
        return new Stretch(matches, scanned);
    }
}
