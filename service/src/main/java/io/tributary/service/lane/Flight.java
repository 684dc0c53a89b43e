package io.tributary.service.lane;

import io.tributary.service.store.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A batch on its way through the store: loaded, planned, made ready and, once it may be, sent. Belongs to the committer's
 * thread; only the sending may happen on another, that of the answer which clears it, and the planning under locks.
 */
final class Flight {

    private final Map<Integer, List<Entry>> batch;
    private final Sinks.One<Receipt> end = Sinks.one();
    private volatile @Nullable Plan plan;
    private volatile long sentNanos;

    private Flight(Map<Integer, List<Entry>> batch) {
        this.batch = batch;
    }

    /**
     * Begins with a batch at once.
     *
     * @param planning loads what the batch works on and applies it
     * @param statements makes the statement that commits a plan ready
     * @param clearance emits when the statement may be sent, completes empty when it may not
     */
    static Flight begin(
            Map<Integer, List<Entry>> batch,
            Mono<Plan> planning,
            Function<Plan, Mono<Receipt>> statements,
            Mono<?> clearance) {
        var flight = new Flight(batch);
        flight.go(planning.flatMap(plan -> {
            Mono<Receipt> statement = flight.sent(statements.apply(plan));
            flight.plan = plan;
            return clearance.flatMap(clear -> statement);
        }));
        return flight;
    }

    /**
     * Begins at once with a batch that is planned when its lanes are locked.
     *
     * @param statement locks, has the plan made, which it hands on, and commits
     */
    static Flight underLocks(Map<Integer, List<Entry>> batch, Function<Consumer<Plan>, Mono<Receipt>> statement) {
        var flight = new Flight(batch);
        flight.go(flight.sent(statement.apply(plan -> flight.plan = plan)));
        return flight;
    }

    private Mono<Receipt> sent(Mono<Receipt> statement) {
        return statement.doFirst(() -> sentNanos = System.nanoTime());
    }

    private void go(Mono<Receipt> flying) {
        flying.subscribe(end::tryEmitValue, end::tryEmitError, end::tryEmitEmpty);
    }

    Map<Integer, List<Entry>> batch() {
        return batch;
    }

    /** What is to be committed; null while it is being loaded, or when it could not be. */
    @Nullable
    Plan plan() {
        return plan;
    }

    /** Emits what the store made of it, on any thread; errs when that failed, completes empty when it was not sent. */
    Mono<Receipt> end() {
        return end.asMono();
    }

    /** Emits once all of a plan of this flight is committed; completes empty when it is not. */
    Mono<Receipt> wholly(Plan plan) {
        return end().filter(receipt -> isWhole(plan, receipt)).onErrorComplete();
    }

    /** Whether every lane of a plan was taken. */
    static boolean isWhole(Plan plan, Receipt receipt) {
        return receipt.taken().size() == plan.lanes().size();
    }

    /** How long ago it was sent. */
    Duration sinceSent() {
        return Duration.ofNanos(System.nanoTime() - sentNanos);
    }
}
