package io.tributary.client.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a call was answered with.
 *
 * @param retryAfter the header {@code Retry-After}, null when there is none
 */
public record Reply(int status, @Nullable String retryAfter, byte[] body) {

    /** How long the service asks to wait; nothing where it does not say so in seconds. */
    public Duration pause() {
        return retryAfter != null && retryAfter.matches("\\d{1,6}")
                ? Duration.ofSeconds(Long.parseLong(retryAfter))
                : Duration.ZERO;
    }
}
