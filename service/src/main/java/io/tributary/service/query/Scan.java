package io.tributary.service.query;

import io.tributary.json.ValueJson;
import io.tributary.query.Query;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.Documents;
import io.tributary.write.Filter;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a collection, which keeps the first documents behind the cursor. Its memory is bounded: it holds no more
 * documents than the limit, and fewer where they are large, so a large page ends early and the cursor goes on. Not
 * thread-safe; the publisher that drives it hands it from one page to the next.
 */
final class Scan {

    /** Enough for the default limit and one more, and still bearable with the largest documents. */
    private static final int FIRST_PAGE = 64;

    private static final int LARGEST_PAGE = 1_000;
    private static final long STORE_PAGE_BYTES = 4 << 20;

    private final Query query;
    private final long maxBytes;
    private final Comparator<DocumentState> order;
    private final @Nullable DocumentState start;
    private final PriorityQueue<Kept> kept;

    private @Nullable String after;
    private int pageLimit = FIRST_PAGE;
    private boolean ended;

    /** The first document that is left to later pages: nothing behind it may come in when something before it goes. */
    private @Nullable DocumentState cut;

    private long bytes;
    private long matched;

    private record Kept(DocumentState document, long size) {}

    Scan(Query query, long maxBytes) {
        this.query = query;
        this.maxBytes = maxBytes;
        order = Documents.orderedBy(query.orderBy());
        start = query.cursor() == null ? null : Cursor.read(query.cursor(), query);
        kept = new PriorityQueue<>(Comparator.comparing(Kept::document, order.reversed()));
        if (stopsEarly()) {
            after = start == null ? null : start.name().id();
            pageLimit = query.where().equals(Filter.ALWAYS) ? Math.min(query.limit() + 1, FIRST_PAGE) : FIRST_PAGE;
        }
    }

    /** The id that the store's next page comes after, null for the first page. */
    @Nullable
    String after() {
        return after;
    }

    /** How many documents the store's next page should have. */
    int pageLimit() {
        return pageLimit;
    }

    /** Takes in the store's next page. */
    void add(List<DocumentState> page) {
        ended = page.size() < pageLimit;
        long pageBytes = 1;
        for (DocumentState document : page) {
            if (isFull()) {
                ended = false;
                return;
            }
            long size = size(document);
            pageBytes += size;
            consider(document, size);
        }
        if (!page.isEmpty()) {
            after = page.getLast().name().id();
            pageLimit = Math.clamp(STORE_PAGE_BYTES * page.size() / pageBytes, 1, LARGEST_PAGE);
        }
    }

    /** Whether the next page of the store is needed. */
    boolean goesOn() {
        return !ended && !isFull();
    }

    Page result() {
        Deque<DocumentState> documents = new ArrayDeque<>(kept.size());
        while (!kept.isEmpty()) {
            documents.addFirst(kept.remove().document());
        }
        boolean more = !documents.isEmpty() && (cut != null || !ended);
        return new Page(
                List.copyOf(documents),
                more ? Cursor.write(documents.getLast(), query) : null,
                query.total() ? matched : null);
    }

    /** The store has the order of a query without keys, unless all must be counted. */
    private boolean stopsEarly() {
        return query.orderBy().isEmpty() && !query.total();
    }

    private boolean isFull() {
        return stopsEarly() && (cut != null || kept.size() == query.limit());
    }

    private void consider(DocumentState document, long size) {
        if (!Documents.matches(query.where(), document)) {
            return;
        }
        matched++;
        boolean earlierPage = start != null && order.compare(document, start) <= 0;
        boolean laterPage = cut != null && order.compare(document, cut) > 0;
        if (!earlierPage && !laterPage) {
            keep(document, size);
        }
    }

    private void keep(DocumentState document, long size) {
        kept.add(new Kept(document, size));
        bytes += size;
        while (kept.size() > query.limit() || (bytes > maxBytes && kept.size() > 1)) {
            Kept last = kept.remove();
            bytes -= last.size();
            cut = last.document();
        }
    }

    private static long size(DocumentState document) {
        return document.data() == null ? 0 : ValueJson.size(document.data());
    }
}
