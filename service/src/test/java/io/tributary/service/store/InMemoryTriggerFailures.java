package io.tributary.service.store;

import io.tributary.trigger.TriggerFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Failures of triggers in memory. Answers on the thread that asks. */
public final class InMemoryTriggerFailures implements TriggerFailures {

    private final Map<Definition.Key, List<TriggerFailure>> failures = new HashMap<>();

    @Override
    public Mono<Void> add(Definition.Key trigger, TriggerFailure failure) {
        return Mono.fromRunnable(() ->
                failures.computeIfAbsent(trigger, first -> new ArrayList<>()).addFirst(failure));
    }

    @Override
    public Mono<List<TriggerFailure>> last(Definition.Key trigger) {
        return Mono.fromSupplier(() ->
                failures.getOrDefault(trigger, List.of()).stream().limit(KEPT).toList());
    }
}
