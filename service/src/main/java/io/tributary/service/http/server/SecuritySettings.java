package io.tributary.service.http.server;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who may call.
 *
 * @param mode null while nothing is configured: then the service listens to its own machine only
 */
@ConfigurationProperties("tributary.security")
public record SecuritySettings(@Nullable Mode mode) {

    /** How callers prove who they are. */
    public enum Mode {
        /** Not at all, and that is meant: whoever reaches the service may do everything. */
        NONE
    }
}
