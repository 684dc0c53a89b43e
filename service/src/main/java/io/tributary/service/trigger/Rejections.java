package io.tributary.service.trigger;

import io.tributary.change.Problem;
import reactor.core.publisher.Mono;

/** Keeps what a trigger should have done, and never will. */
@FunctionalInterface
interface Rejections {

    /** Completes when it is kept; waits for brokers that are away. */
    Mono<Void> reject(String trigger, Occurrence occurrence, Problem problem);
}
