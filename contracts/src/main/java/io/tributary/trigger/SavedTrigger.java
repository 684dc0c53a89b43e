package io.tributary.trigger;

import java.time.Instant;
import java.util.List;

/**
 * A trigger as it is kept.
 *
 * @param version 1 for the first of this name, one more for each that follows
 * @param createdAt when there came to be a trigger of this name; what was committed before does not fire it
 * @param updatedAt when this version was saved
 * @param failures the last ones, the newest first
 */
public record SavedTrigger(
        String name,
        long version,
        Trigger trigger,
        Instant createdAt,
        Instant updatedAt,
        List<TriggerFailure> failures) {

    public SavedTrigger {
        failures = List.copyOf(failures);
    }
}
