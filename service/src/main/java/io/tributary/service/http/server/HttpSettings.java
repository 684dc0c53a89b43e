package io.tributary.service.http.server;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the HTTP server treats its callers.
 *
 * @param maxRequestLine the method and the URL, queries included
 * @param maxHeaders all headers of a request together
 * @param idleTimeout how long a connection may wait for its next request
 * @param readTimeout how long a request may pause while it is read
 * @param cors which other origins' pages may call
 */
@ConfigurationProperties("tributary.http")
public record HttpSettings(
        @DefaultValue("16KB") DataSize maxRequestLine,
        @DefaultValue("16KB") DataSize maxHeaders,
        @DefaultValue("60s") Duration idleTimeout,
        @DefaultValue("30s") Duration readTimeout,
        @DefaultValue Cors cors) {

    /**
     * @param allowedOrigins {@code https://app.example.com}, or {@code *} for any; none switches CORS off
     */
    public record Cors(@DefaultValue List<String> allowedOrigins) {

        public Cors {
            allowedOrigins = List.copyOf(allowedOrigins);
        }
    }

    /** @throws IllegalArgumentException when a size or time is not positive, or a size beyond 1 MB */
    public HttpSettings {
        checkSize("max-request-line", maxRequestLine);
        checkSize("max-headers", maxHeaders);
        checkTime("idle-timeout", idleTimeout);
        checkTime("read-timeout", readTimeout);
    }

    private static void checkSize(String name, DataSize size) {
        if (size.toBytes() < 1 || size.toBytes() > DataSize.ofMegabytes(1).toBytes()) {
            throw new IllegalArgumentException("tributary.http." + name + " lies between 1B and 1MB");
        }
    }

    private static void checkTime(String name, Duration time) {
        if (!time.isPositive()) {
            throw new IllegalArgumentException("tributary.http." + name + " is longer than nothing");
        }
    }
}
