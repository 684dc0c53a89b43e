package io.tributary.service.store.postgres;

import io.r2dbc.spi.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The hourly partitions of the remembered outcomes: some hours ahead are made, those that have expired are dropped. Nobody
 * who reads or writes waits for it: a partition is attached and detached, never made or dropped in place.
 */
public final class IdempotencyPartitions {

    private static final int HOURS_BEHIND = 1;
    private static final int HOURS_AHEAD = 6;
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'idempotency_'yyyyMMddHH").withZone(ZoneOffset.UTC);

    private static final String LOCK =
            "select pg_advisory_lock(hashtextextended(current_schema() || '.idempotency', 0))";
    private static final String UNLOCK =
            "select pg_advisory_unlock(hashtextextended(current_schema() || '.idempotency', 0))";

    private static final String EXISTING = """
            select c.relname::text as name, i.inhrelid is not null as attached, coalesce(i.inhdetachpending, false) as pending
            from pg_class c left join pg_inherits i on i.inhrelid = c.oid
            where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname ~ '^idempotency_[0-9]{10}$'
            """;

    private final Line line;
    private final Duration keep;

    IdempotencyPartitions(Line line, Duration keep) {
        this.line = line;
        this.keep = keep;
    }

    /**
     * Makes and drops what is due by the server's clock; without the first call there is no partition to store in. To be
     * called at start and then several times an hour, by any number of instances. Completes when all is done; what failed
     * is due again at the next call.
     */
    public Mono<Void> tend() {
        return line.use(wire -> wire.run(LOCK)
                .then(now(wire))
                .flatMap(now ->
                        existing(wire).flatMap(found -> make(wire, now, found).then(drop(wire, now, found))))
                .then(wire.run(UNLOCK))
                .doOnError(failure -> wire.cut()));
    }

    public Mono<Void> close() {
        return line.close();
    }

    private static Mono<Instant> now(Wire wire) {
        return wire.rows(
                        "select extract(epoch from now())::bigint as now",
                        row -> Instant.ofEpochSecond(DocumentRows.number(row, "now")))
                .map(List::getFirst);
    }

    private static Mono<List<Partition>> existing(Wire wire) {
        return wire.rows(EXISTING, IdempotencyPartitions::partition);
    }

    private static Mono<Void> make(Wire wire, Instant now, List<Partition> existing) {
        Set<Instant> attached = existing.stream()
                .filter(Partition::attached)
                .map(Partition::hour)
                .collect(Collectors.toSet());
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        return Flux.fromStream(LongStream.rangeClosed(-HOURS_BEHIND, HOURS_AHEAD)
                        .mapToObj(hours -> hour.plus(hours, ChronoUnit.HOURS))
                        .filter(due -> !attached.contains(due)))
                .concatMap(due -> make(wire, due), 1)
                .then();
    }

    /** To attach a table locks less than to make it a partition at once. */
    private static Mono<Void> make(Wire wire, Instant hour) {
        String name = NAME.format(hour);
        return wire.run("create table if not exists " + name + " (like idempotency including all)")
                .then(wire.run("alter table idempotency attach partition " + name + " for values from ('" + hour
                        + "') to ('" + hour.plus(1, ChronoUnit.HOURS) + "')"));
    }

    private Mono<Void> drop(Wire wire, Instant now, List<Partition> existing) {
        Instant oldest = now.minus(keep).minus(1, ChronoUnit.HOURS);
        return Flux.fromIterable(existing)
                .filter(partition -> partition.hour().isBefore(oldest))
                .concatMap(partition -> drop(wire, partition), 1)
                .then();
    }

    private static Mono<Void> drop(Wire wire, Partition partition) {
        String name = NAME.format(partition.hour());
        String detach = "alter table idempotency detach partition " + name;
        Mono<Void> detached = Mono.empty();
        if (partition.pending()) {
            detached = wire.run(detach + " finalize");
        } else if (partition.attached()) {
            detached = wire.run(detach + " concurrently");
        }
        return detached.then(wire.run("drop table " + name));
    }

    private static Partition partition(Row row) {
        String name = Objects.requireNonNull(row.get("name", String.class));
        return new Partition(
                NAME.parse(name, Instant::from),
                Boolean.TRUE.equals(row.get("attached", Boolean.class)),
                Boolean.TRUE.equals(row.get("pending", Boolean.class)));
    }

    /** @param pending its detaching was interrupted */
    private record Partition(Instant hour, boolean attached, boolean pending) {}
}
