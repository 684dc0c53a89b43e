package io.tributary.service.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long the caller of an update by query waits.
 *
 * @param async whether it does not, even where it is expected to
 * @param atMost how long it waits for a job, null when it does not
 */
public record Patience(boolean async, @Nullable Duration atMost) {

    /** Waits for what is small, and for no job. */
    public static final Patience USUAL = new Patience(false, null);
}
