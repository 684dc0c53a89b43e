package io.tributary.client;

import io.tributary.change.Outcome;
import io.tributary.write.Condition;
import io.tributary.write.Filter;
import io.tributary.write.Write;
import io.tributary.write.WriteOptions;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/** A write that is about to be sent. Immutable; nothing happens before {@link #send} is subscribed to. */
public final class WriteRequest {

    private final TributaryClient client;
    private final Write write;

    WriteRequest(TributaryClient client, Write write) {
        this.client = client;
        this.write = write;
    }

    /** The write itself, for a batch or a transaction. */
    public Write write() {
        return write;
    }

    /** Asks for this too: {@code onlyIf(Where.field("stock").gte(1))}. */
    public WriteRequest onlyIf(Filter filter) {
        return onlyIf(Condition.where(filter));
    }

    /** Asks for this too: {@code onlyIf(Condition.version(7))}. */
    public WriteRequest onlyIf(Condition condition) {
        return new WriteRequest(client, write.withCondition(write.condition().and(condition)));
    }

    /** Makes the write idempotent by an id of the caller's own, beyond the life of this client: an order's number, say. */
    public WriteRequest withId(String id) {
        return new WriteRequest(client, write.withId(id));
    }

    /** How to answer, and what to record beside the data. */
    public WriteRequest with(UnaryOperator<WriteOptions> options) {
        return new WriteRequest(client, write.withOptions(options.apply(write.options())));
    }

    /** As {@link TributaryClient#write}. */
    public Mono<Outcome.Applied> send() {
        return client.write(write);
    }
}
