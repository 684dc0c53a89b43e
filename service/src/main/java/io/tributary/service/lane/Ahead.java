package io.tributary.service.lane;

import static java.util.stream.Collectors.toMap;

import io.tributary.service.store.LaneState;
import io.tributary.service.store.Receipt;
import io.tributary.service.store.Session;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The next batch, loaded, planned and made ready to be sent while the one before is being committed, as if that had
 * succeeded. Only where so much waits that another batch is worth while: else it would be smaller for being early.
 *
 * <p>It is sent the moment the one before is carried out, by the thread that hears of it: the store does not wait for this
 * instance. Should anything else have come of the one before, nothing is sent, and the entries are given back to be planned
 * anew. Belongs to the committer's thread.
 */
final class Ahead {

    private final Batcher batcher;
    private final LaneSettings settings;
    private final Planning planning;
    private final Loader loader;
    private final Function<Plan, Mono<Receipt>> statements;
    private final Scheduler scheduler;
    private @Nullable Flight next;

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

    /** Begins with what waits, if it is enough, on top of a flight whose commit has been asked for. */
    void follow(Flight underWay) {
        Plan before = underWay.plan();
        if (next != null || before == null || !before.isWhole() || !batcher.hasBacklog()) {
            return;
        }
        Map<Integer, List<Entry>> batch = batcher.take();
        if (!batch.isEmpty()) {
            Map<Integer, LaneState> follows = batch.keySet().stream().collect(toMap(lane -> lane, newest(before)));
            Mono<Plan> plan = Mono.defer(() -> loader.load(batch, before))
                    .map(loaded -> new Plan(batch, follows, planning, loaded, null, settings.batchBytes()));
            next = Flight.begin(batch, plan, statements, underWay.wholly(before));
        }
    }

    private Function<Integer, LaneState> newest(Plan underWay) {
        Map<Integer, LaneState> after = underWay.lanes().stream()
                .collect(toMap(LanePlan::lane, lane -> lane.after(lane.before().epoch())));
        return lane -> {
            LaneState state = after.get(lane);
            return state == null ? batcher.lane(lane).state() : state;
        };
    }

    /** Hands the next batch over, now that the one before is through. */
    Flight take() {
        Flight taken = Objects.requireNonNull(next);
        next = null;
        return taken;
    }

    /** Lets the entries wait again, for they were not sent; completes when the reader is free. */
    Mono<Void> giveBack() {
        Flight given = next;
        if (given == null) {
            return Mono.empty();
        }
        next = null;
        batcher.putBack(given.batch());
        return given.end().onErrorComplete().publishOn(scheduler).then();
    }
}
