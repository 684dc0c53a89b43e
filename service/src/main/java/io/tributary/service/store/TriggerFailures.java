package io.tributary.service.store;

import io.tributary.trigger.TriggerFailure;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Where the last failures of each trigger are kept. As with {@link Store}, a cancel gives up the answer, never the statement,
 * and errors are {@link StoreException}s.
 */
public interface TriggerFailures {

    /** How many are kept of each trigger. */
    int KEPT = 20;

    /** Keeps a failure. */
    Mono<Void> add(Definition.Key trigger, TriggerFailure failure);

    /** Emits the failures that are kept of a trigger, the newest first. */
    Mono<List<TriggerFailure>> last(Definition.Key trigger);
}
