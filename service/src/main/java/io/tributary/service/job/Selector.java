package io.tributary.service.job;

import io.tributary.query.Query;
import io.tributary.query.Selection;
import io.tributary.query.UpdateByQuery;
import io.tributary.service.document.DocumentState;
import io.tributary.service.query.Queries;
import io.tributary.service.store.JobPlace;
import io.tributary.service.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Finds the documents of selections. Errs as queries and the store do. */
final class Selector {

    private final Store store;
    private final Queries queries;
    private final Scheduler scheduler;
    private final InstantSource clock;

    Selector(Store store, Queries queries, Scheduler scheduler, InstantSource clock) {
        this.store = store;
        this.queries = queries;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /** Emits what {@code use} makes of each document of a selection that has a limit, in its order. */
    <T> Mono<List<T>> all(Selection selection, Function<DocumentState, T> use) {
        return rest(selection, null, 0, new ArrayList<>(), use);
    }

    /** Only what {@code use} makes is kept from page to page: the documents may be large. */
    private <T> Mono<List<T>> rest(
            Selection selection, @Nullable String cursor, int seen, List<T> used, Function<DocumentState, T> use) {
        int end = selection.offset() + limit(selection);
        int most = Math.min(end - seen, Query.MAX_LIMIT);
        var query =
                new Query(selection.collection(), selection.where(), selection.orderBy(), most, cursor, null, false);
        return queries.page(query).flatMap(page -> {
            int number = seen;
            for (DocumentState document : page.documents()) {
                if (number++ >= selection.offset()) {
                    used.add(use.apply(document));
                }
            }
            return page.cursor() == null || number == end
                    ? Mono.just(used)
                    : rest(selection, page.cursor(), number, used, use);
        });
    }

    private static int limit(Selection selection) {
        Long limit = selection.limit();
        return limit == null ? UpdateByQuery.MAX_AT_ONCE : (int) Math.min(limit, UpdateByQuery.MAX_AT_ONCE);
    }

    /** Emits whether a filter holds for more than {@code most} documents; offset and limit do not matter. */
    Mono<Boolean> hasMoreThan(long most, Selection selection) {
        return walk(selection)
                .flatMap(walk -> {
                    AtomicLong found = new AtomicLong();
                    return walk.next(Long.MAX_VALUE)
                            .doOnNext(
                                    stretch -> found.addAndGet(stretch.matches().size()))
                            .repeat(() -> !walk.ended() && found.get() <= most)
                            .then(Mono.fromSupplier(() -> found.get() > most));
                })
                .defaultIfEmpty(false);
    }

    /** Emits where a job begins that goes through a selection: behind those that its offset leaves out. */
    Mono<JobPlace> start(Selection selection) {
        Instant now = clock.instant();
        return store.lastId(selection.collection())
                .flatMap(last -> behindOffset(selection, new Walk(store, scheduler, selection, null, last))
                        .map(walk -> new JobPlace(walk.after(), walk.ended() ? null : last, List.of(), now)))
                .defaultIfEmpty(new JobPlace(null, null, List.of(), now));
    }

    private static Mono<Walk> behindOffset(Selection selection, Walk walk) {
        if (selection.offset() == 0) {
            return Mono.just(walk);
        }
        AtomicLong left = new AtomicLong(selection.offset());
        return Mono.defer(() -> walk.next(left.get()))
                .doOnNext(stretch -> left.addAndGet(-stretch.matches().size()))
                .repeat(() -> !walk.ended() && left.get() > 0)
                .then(Mono.just(walk));
    }

    private Mono<Walk> walk(Selection selection) {
        return store.lastId(selection.collection()).map(last -> new Walk(store, scheduler, selection, null, last));
    }
}
