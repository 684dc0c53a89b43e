package io.tributary.service.lane;

import io.tributary.service.changelog.Publisher;
import io.tributary.service.lane.Lane.Ownership;
import io.tributary.service.store.LaneState;
import io.tributary.service.store.Session;
import io.tributary.service.store.StoreException;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Which of its lanes a committer owns: takes over those that are assigned to this instance, gives up those that are not,
 * and takes back what another has taken. Belongs to the committer's thread.
 */
final class Tenure {

    private static final Logger log = LoggerFactory.getLogger(Tenure.class);

    private final String owner;
    private final Batcher batcher;
    private final Session session;
    private final StoreWatch store;
    private final Publisher publisher;
    private final LaneListener listener;
    private final Scheduler scheduler;
    private final Executor betweenBatches;

    /** @param betweenBatches runs tasks when the session is free */
    Tenure(
            String owner,
            Batcher batcher,
            Session session,
            StoreWatch store,
            Publisher publisher,
            LaneListener listener,
            Scheduler scheduler,
            Executor betweenBatches) {
        this.owner = owner;
        this.batcher = batcher;
        this.session = session;
        this.store = store;
        this.publisher = publisher;
        this.listener = listener;
        this.scheduler = scheduler;
        this.betweenBatches = betweenBatches;
    }

    /** Makes a lane this instance's as soon as the store answers. */
    void assign(Lane lane) {
        lane.assigned(true);
        if (lane.ownership() == Ownership.FOREIGN) {
            lane.ownership(Ownership.WANTED);
        }
    }

    /** Gives a lane up. */
    void release(Lane lane) {
        lane.assigned(false);
        if (lane.ownership() != Ownership.FOREIGN) {
            close(lane, Ownership.FOREIGN);
        }
        batcher.turnAway(lane);
    }

    /** The lanes that are open. */
    Set<Integer> open() {
        return batcher.lanes().stream()
                .filter(lane -> lane.ownership() == Ownership.OPEN)
                .map(Lane::number)
                .collect(Collectors.toSet());
    }

    /** Whether a lane waits to be taken over. */
    boolean isWanting() {
        return batcher.lanes().stream().anyMatch(lane -> lane.ownership() == Ownership.WANTED);
    }

    /** Takes over the lanes that are wanted. */
    Mono<Void> takeOver() {
        return Flux.fromIterable(batcher.lanes())
                .filter(lane -> lane.ownership() == Ownership.WANTED)
                .concatMap(this::takeOver)
                .then();
    }

    private Mono<Void> takeOver(Lane lane) {
        return session.takeOver(lane.number(), owner)
                .publishOn(scheduler)
                .doOnNext(state -> open(lane, state))
                .then()
                .onErrorResume(StoreException.class, failure -> notTaken(lane, failure));
    }

    private void open(Lane lane, LaneState state) {
        lane.open(state);
        publisher.open(state);
        listener.opened(lane.number(), state.epoch(), state.nextOffset());
    }

    /** When somebody sits on the lane, the other lanes go on meanwhile. */
    private Mono<Void> notTaken(Lane lane, StoreException failure) {
        if (failure.kind() != StoreException.Kind.NOT_APPLIED) {
            return Mono.error(failure);
        }
        lane.ownership(Ownership.FOREIGN);
        takeBack(lane);
        return Mono.empty();
    }

    /** Another has taken the lane over. While it stays assigned here, it is taken back. */
    void lose(Lane lane) {
        log.warn(
                "lane {} was taken over by another instance; while it stays assigned here it is taken back",
                lane.number());
        giveUpForNow(lane);
    }

    /** Takes all lanes over anew, for nobody knows any more what was under way. */
    void startOver() {
        open().forEach(lane -> giveUpForNow(batcher.lane(lane)));
    }

    /** Gives up a lane that something else than its owner writes to, until an operator has looked at it. */
    void stop(Lane lane) {
        log.error(
                "lane {} is stopped: its documents have other versions in the store than its turns gave them, so"
                        + " something else writes to the documents table. Stop that, then restart the service",
                lane.number());
        close(lane, Ownership.STOPPED);
        batcher.turnAway(lane);
    }

    private void giveUpForNow(Lane lane) {
        close(lane, Ownership.FOREIGN);
        batcher.turnAway(lane);
        takeBack(lane);
    }

    /** Wants a lane again after a pause. */
    private void takeBack(Lane lane) {
        store.pause()
                .subscribe(
                        over -> betweenBatches.execute(() -> {
                            if (lane.assigned()) {
                                assign(lane);
                            }
                        }),
                        fault -> log.error("lane {} is not taken back", lane.number(), fault));
    }

    private void close(Lane lane, Ownership ownership) {
        lane.close(ownership);
        publisher.close(lane.number());
        listener.closed(lane.number());
    }
}
