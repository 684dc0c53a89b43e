package io.tributary.service.lane;

import static java.util.stream.Collectors.toMap;

import io.tributary.service.lane.Lane.Ownership;
import io.tributary.service.store.LaneState;
import io.tributary.service.store.Loaded;
import io.tributary.service.store.Receipt;
import io.tributary.service.store.Session;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * The next batch, loaded, planned and made ready to be sent while the one before is being committed, as if that had
 * succeeded. Only where more waits than the next batch takes anyway: else a batch would be smaller for being early.
 *
 * <p>Nothing is sent before the batch under way is settled; should anything else come of it, or anything come in between,
 * the entries are given back and planned anew. Belongs to the committer's thread.
 */
final class Ahead {

    private final Batcher batcher;
    private final LaneSettings settings;
    private final Planning planning;
    private final Loader loader;
    private final Function<Plan, Mono<Receipt>> statements;
    private final Scheduler scheduler;
    private @Nullable Next next;

    /**
     * @param follows what the lanes have to be like for the plan to hold
     * @param planned emits, or errs, once and at any time
     */
    record Next(Map<Integer, LaneState> follows, Map<Integer, List<Entry>> batch, Mono<Planned> planned) {}

    /**
     * A plan and the statement that commits it.
     *
     * @param statement sends it when subscribed to
     */
    record Planned(Plan plan, Mono<Receipt> statement) {}

    /**
     * @param reader reads while the committer's own session commits
     * @param statements makes the statement of a plan
     */
    Ahead(
            Batcher batcher,
            LaneSettings settings,
            Planning planning,
            Session reader,
            Function<Plan, Mono<Receipt>> statements,
            Scheduler scheduler) {
        this.batcher = batcher;
        this.settings = settings;
        this.planning = planning;
        this.loader = new Loader(batcher, reader, scheduler);
        this.statements = statements;
        this.scheduler = scheduler;
    }

    boolean isThere() {
        return next != null;
    }

    /** Begins with what waits, if it is enough, on top of a plan whose commit has been asked for. */
    void follow(Plan underWay) {
        if (!underWay.isWhole() || !batcher.hasBacklog()) {
            return;
        }
        Map<Integer, List<Entry>> batch = batcher.take();
        if (batch.isEmpty()) {
            return;
        }
        Map<Integer, LaneState> follows = batch.keySet().stream().collect(toMap(lane -> lane, newest(underWay)));
        Sinks.One<Planned> planned = Sinks.one();
        loader.load(batch, underWay)
                .map(loaded -> plan(batch, follows, loaded))
                .subscribe(planned::tryEmitValue, planned::tryEmitError);
        next = new Next(follows, batch, planned.asMono());
    }

    private Function<Integer, LaneState> newest(Plan underWay) {
        Map<Integer, LaneState> after = underWay.lanes().stream()
                .collect(toMap(LanePlan::lane, lane -> lane.after(lane.before().epoch())));
        return lane -> {
            LaneState state = after.get(lane);
            return state == null ? batcher.lane(lane).state() : state;
        };
    }

    private Planned plan(Map<Integer, List<Entry>> batch, Map<Integer, LaneState> follows, Loaded loaded) {
        var plan = new Plan(batch, follows, planning, loaded, null, settings.batchBytes());
        return new Planned(plan, statements.apply(plan));
    }

    /** Hands the next batch over. Empty when there is none, or when it holds no more; its entries wait again then. */
    Mono<Next> take() {
        Next taken = next;
        if (taken == null) {
            return Mono.empty();
        }
        if (!holds(taken)) {
            return giveBack().then(Mono.empty());
        }
        next = null;
        return Mono.just(taken);
    }

    private boolean holds(Next next) {
        return next.follows().entrySet().stream().allMatch(follows -> {
            Lane lane = batcher.lane(follows.getKey());
            return lane.ownership() == Ownership.OPEN && lane.state().equals(follows.getValue());
        });
    }

    /** Lets the entries wait again; completes when the reader is free. */
    Mono<Void> giveBack() {
        Next given = next;
        if (given == null) {
            return Mono.empty();
        }
        next = null;
        batcher.putBack(given.batch());
        return given.planned().onErrorComplete().publishOn(scheduler).then();
    }
}
