package io.tributary.service.http.server;

import io.tributary.service.start.RefusedStartException;
import java.net.InetAddress;
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

    /**
     * Where a server is to listen: on this machine only, unless nobody need authenticate.
     *
     * @param property the name of the property that the address is configured with
     * @param configured null for all addresses
     * @throws RefusedStartException when it would listen to other machines without anybody having said so
     */
    @Nullable
    InetAddress address(String property, @Nullable InetAddress configured) {
        if (mode == Mode.NONE) {
            return configured;
        }
        if (configured != null && !configured.isLoopbackAddress()) {
            throw new RefusedStartException(
                    property + "=" + configured.getHostAddress()
                            + " opens the service to other machines without authentication",
                    "Say tributary.security.mode=none if that is meant, or leave " + property + " out.");
        }
        return configured == null ? InetAddress.ofLiteral("127.0.0.1") : configured;
    }
}
