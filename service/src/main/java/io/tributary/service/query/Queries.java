package io.tributary.service.query;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.query.Query;
import io.tributary.service.store.Store;
import java.util.concurrent.Semaphore;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Answers queries, a bounded number of them at a time. */
public final class Queries {

    private final Store store;
    private final QuerySettings settings;
    private final Scheduler scheduler;
    private final Semaphore running;

    /**
     * @param scheduler where documents are judged and ordered, and time is kept; the store's own threads have other work
     */
    public Queries(Store store, QuerySettings settings, Scheduler scheduler) {
        this.store = store;
        this.settings = settings;
        this.scheduler = scheduler;
        this.running = new Semaphore(settings.concurrency());
    }

    /**
     * Emits one page, on the scheduler of the queries. Errs with a {@link ProblemException}: {@code bad-value} when the
     * cursor belongs to another query, {@code busy} when too many queries run, {@code query-timeout}; and with whatever the
     * store errs with. A cancel ends the scan after the store's current page.
     */
    public Mono<Page> page(Query query) {
        return Mono.defer(() -> {
            Scan scan = new Scan(query, settings.pageBytes());
            if (!running.tryAcquire()) {
                return Mono.error(() -> problem(ProblemType.BUSY, "too many queries are running"));
            }
            // Released before the page is given out, so that who asks again at once finds room.
            return Mono.using(() -> running, permits -> run(scan, query), Semaphore::release);
        });
    }

    private Mono<Page> run(Scan scan, Query query) {
        return Mono.defer(() -> store.page(query.collection(), scan.after(), scan.pageLimit()))
                .publishOn(scheduler)
                .doOnNext(scan::add)
                .repeat(scan::goesOn)
                .then(Mono.fromSupplier(scan::result))
                .timeout(settings.timeLimit(), Mono.error(this::tookTooLong), scheduler);
    }

    private ProblemException tookTooLong() {
        return problem(
                ProblemType.QUERY_TIMEOUT,
                "the query took longer than " + settings.timeLimit().toMillis() + " ms; narrow its collection, or leave"
                        + " out orderBy and total");
    }

    private static ProblemException problem(ProblemType type, String detail) {
        return new ProblemException(Problem.of(type, detail));
    }
}
