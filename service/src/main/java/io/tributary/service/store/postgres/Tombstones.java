package io.tributary.service.store.postgres;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The rows of deleted documents, which are removed some time after.
 *
 * <p>This asks no lane. A commit that creates a document anew locks its row; whichever comes first:
 *
 * <ul>
 *   <li>the commit: its row is skipped here while it is locked, and no tombstone any more afterwards. Since locked rows are
 *       skipped, nothing here waits while it has locks, and so there is no deadlock.
 *   <li>the purge: a batch that was computed on the tombstone, just loaded or cached by its lane, says so in its commit,
 *       which then takes a missing row for the tombstone. The versions go on. Only a lane that has not seen the tombstone
 *       begins with version 1 again.
 * </ul>
 *
 * <p>A missing row can be nothing else than a purged tombstone, for no other row is ever removed. And a commit that follows
 * a purge is durable only with it: the log of the server has both in this order.
 */
public final class Tombstones {

    private static final int AT_ONCE = 500;

    private static final String PURGE = """
            with purged as (
              delete from documents where ctid = any(array(
                select ctid from documents where deleted_at < now() - make_interval(secs => $1)
                order by deleted_at limit $2 for update skip locked))
              returning 1)
            select count(*) as purged from purged
            """;

    private final Line line;
    private final @Nullable Duration keep;

    Tombstones(Line line, @Nullable Duration keep) {
        this.line = line;
        this.keep = keep;
    }

    /**
     * Removes what was deleted too long ago by the server's clock, a few hundred rows in each statement. To be called from
     * time to time, by any number of instances. Emits how many rows are gone; what failed is due again at the next call.
     */
    public Mono<Long> purge() {
        return keep == null ? Mono.just(0L) : line.use(wire -> purge(wire, keep.toMillis() / 1e3));
    }

    private static Mono<Long> purge(Wire wire, double keepSeconds) {
        return some(wire, keepSeconds)
                .expand(purged -> purged < AT_ONCE ? Mono.empty() : some(wire, keepSeconds))
                .reduce(0L, Long::sum);
    }

    private static Mono<Long> some(Wire wire, double keepSeconds) {
        return wire.rows(PURGE, row -> DocumentRows.number(row, "purged"), keepSeconds, AT_ONCE)
                .map(List::getFirst);
    }
}
