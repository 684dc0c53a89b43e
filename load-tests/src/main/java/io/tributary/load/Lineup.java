package io.tributary.load;

import io.tributary.load.contender.Peer;
import io.tributary.load.contender.Testbed;
import io.tributary.load.contender.Tributary;
import io.tributary.load.measure.Memory;
import io.tributary.load.report.Workload;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who takes part in what. A peer is started before its first workload and stopped after its last; what it cannot do is told in
 * the report and stops nobody else.
 */
final class Lineup implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Lineup.class);

    private static final Map<Workload, Set<Peer>> PEERS = Map.of(
            Workload.UNIFORM, Set.of(Peer.PLAIN_HANDLER, Peer.RAW_SQL, Peer.ECHO, Peer.PARSE_SERVER),
            Workload.ZIPF, Set.of(Peer.PLAIN_HANDLER, Peer.RAW_SQL, Peer.PARSE_SERVER),
            Workload.HOT, Set.of(Peer.PLAIN_HANDLER, Peer.RAW_SQL, Peer.PARSE_SERVER),
            Workload.BATCH2, Set.of(Peer.PLAIN_HANDLER),
            Workload.BATCH20, Set.of(Peer.PLAIN_HANDLER),
            Workload.UNIQUE, Set.of(Peer.PARSE_SERVER),
            Workload.STREAM, Set.of(Peer.KAFKA_STREAMS),
            Workload.RATE, Set.of(Peer.PLAIN_HANDLER, Peer.RAW_SQL, Peer.PARSE_SERVER),
            Workload.LAG, Set.of(Peer.DEBEZIUM));

    private final MeasuredContender tributary;
    private final Testbed testbed;
    private final Set<Peer> chosen;
    private final Map<Peer, MeasuredContender> started = new EnumMap<>(Peer.class);
    private final Map<Peer, String> absences = new EnumMap<>(Peer.class);
    private final Map<String, Memory> memory = new LinkedHashMap<>();
    private boolean isTributaryFilled;

    /**
     * @param tributary is not closed with this
     * @param chosen which peers may take part
     */
    Lineup(Tributary tributary, Testbed testbed, Set<Peer> chosen) {
        this.tributary = new MeasuredContender(tributary);
        this.testbed = testbed;
        this.chosen = chosen;
    }

    /** Starts and fills all that take part in a workload, unless that is done. */
    void start(Workload workload) {
        if (!isTributaryFilled) {
            tributary.fill();
            isTributaryFilled = true;
        }
        peers(workload).filter(peer -> !started.containsKey(peer)).forEach(this::start);
    }

    private void start(Peer peer) {
        log.info("Starting {}", peer.key());
        unlessItFails(peer, () -> {
            MeasuredContender contender = new MeasuredContender(peer.start(testbed));
            started.put(peer, contender);
            contender.fill();
        });
    }

    /** Lets all that take part in a workload do something, one after another: the service first, then the peers. */
    void byTurns(Workload workload, Consumer<MeasuredContender> turn) {
        turn.accept(tributary);
        peers(workload)
                .forEach(peer -> unlessItFails(peer, () -> turn.accept(Objects.requireNonNull(started.get(peer)))));
    }

    /** Stops all peers but those that take part in one of these workloads. */
    void retireAllBut(Collection<Workload> workloads) {
        Set<Peer> needed = workloads.stream().flatMap(this::peers).collect(Collectors.toSet());
        List.copyOf(started.keySet()).stream()
                .filter(peer -> !needed.contains(peer))
                .forEach(this::stop);
    }

    /** Why peers did not do all that they were to do, by their names. */
    Map<String, String> absences() {
        Map<String, String> reasons = new LinkedHashMap<>();
        absences.forEach((peer, reason) -> reasons.put(peer.key(), reason));
        return reasons;
    }

    private Stream<Peer> peers(Workload workload) {
        return Arrays.stream(Peer.values())
                .filter(chosen::contains)
                .filter(PEERS.getOrDefault(workload, Set.of())::contains)
                .filter(peer -> !absences.containsKey(peer));
    }

    private void unlessItFails(Peer peer, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            log.warn("{} takes no further part", peer.key(), e);
            absences.put(peer, String.valueOf(e.getMessage()));
            stop(peer);
        }
    }

    private void stop(Peer peer) {
        MeasuredContender contender = started.remove(peer);
        if (contender != null) {
            memory.put(contender.name(), contender.memory());
            contender.close();
        }
    }

    /** The most memory that the contenders' servers had, by their names; peers that still run are left out. */
    Map<String, Memory> memory() {
        memory.put(tributary.name(), tributary.memory());
        return memory;
    }

    @Override
    public void close() {
        retireAllBut(List.of());
    }
}
