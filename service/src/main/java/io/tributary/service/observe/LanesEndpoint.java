package io.tributary.service.observe;

import io.tributary.service.changelog.Publisher;
import io.tributary.service.lane.Lanes;
import io.tributary.service.store.LaneState;
import io.tributary.service.store.OwnedLane;
import io.tributary.service.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import reactor.core.publisher.Mono;

/** {@code /actuator/lanes}: who owns each lane, and how far it is. */
@Endpoint(id = "lanes")
public final class LanesEndpoint {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String instance;
    private final Store store;
    private final Lanes lanes;
    private final Publisher publisher;
    private final Supplier<Mono<Map<Integer, Long>>> ends;

    /**
     * @param instance how this instance is named as an owner
     * @param ends the offsets at which the partitions of the updates topic end
     */
    public LanesEndpoint(
            String instance, Store store, Lanes lanes, Publisher publisher, Supplier<Mono<Map<Integer, Long>>> ends) {
        this.instance = instance;
        this.store = store;
        this.lanes = lanes;
        this.publisher = publisher;
        this.ends = ends;
    }

    /**
     * @param instance who answers
     * @param lanes all of them, whoever owns them
     */
    public record Report(String instance, List<LaneReport> lanes) {}

    /**
     * @param owner the instance that took it over last, which may be gone
     * @param epoch how often it was taken over or fenced
     * @param turn how many commits there were
     * @param sequence the number of its last change
     * @param lag how many records of its partition of the updates topic wait; null while Kafka does not answer
     * @param here what only the owner knows; null elsewhere
     */
    public record LaneReport(
            int lane,
            @Nullable String owner,
            long epoch,
            long turn,
            long sequence,
            Instant committedAt,
            @Nullable Long lag,
            @Nullable Here here) {}

    /**
     * @param waiting how many writes wait in memory
     * @param unpublishedSeconds the age of the oldest change that the broker does not have
     */
    public record Here(int waiting, double unpublishedSeconds) {}

    /** Emits the state of all lanes; errs while the database is away. */
    @ReadOperation
    public Mono<Report> lanes() {
        Mono<Optional<Map<Integer, Long>>> known =
                ends.get().timeout(PATIENCE).map(Optional::of).onErrorReturn(Optional.empty());
        return Mono.zip(store.lanes(), known)
                .map(found -> new Report(
                        instance,
                        found.getT1().stream()
                                .map(lane -> report(lane, found.getT2()))
                                .toList()));
    }

    private LaneReport report(OwnedLane lane, Optional<Map<Integer, Long>> ends) {
        LaneState state = lane.state();
        int number = state.lane();
        return new LaneReport(
                number,
                lane.owner(),
                state.epoch(),
                state.turn(),
                state.sequence(),
                state.committedAt(),
                ends.map(known -> known.get(number))
                        .map(end -> Math.max(0, end - state.nextOffset()))
                        .orElse(null),
                lanes.isOpen(number)
                        ? new Here(lanes.waiting(number), publisher.lag(number).toMillis() / 1e3)
                        : null);
    }
}
