package io.tributary.service.lane;

import io.tributary.write.Write;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A write on its way through a lane, with where it came from and how to answer it.
 *
 * @param write what is asked for
 * @param actor the authenticated caller, null when authentication is off
 * @param traceparent the W3C trace context of the request, null when it had none
 * @param reply called once, from the committer's thread, when the outcome is durable or the write is given up; must not block
 */
public record Submission(
        Write write, @Nullable String actor, @Nullable String traceparent, Consumer<Answer> reply) {}
