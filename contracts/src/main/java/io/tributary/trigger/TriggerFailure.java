package io.tributary.trigger;

import java.time.Instant;

/**
 * Something that a trigger should have done, and did not.
 *
 * @param time when it was given up
 * @param document whose change fired the trigger: {@code collection/id}
 * @param version the one that the change made
 * @param problem the slug of the reason
 * @param detail the reason in words
 */
public record TriggerFailure(Instant time, String document, long version, String problem, String detail) {}
