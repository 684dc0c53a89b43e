package io.tributary.servers;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which servers integration tests are to use. */
enum Choice {
    /** Those in containers, or none. */
    CONTAINERS,
    /** Embedded ones, whatever Docker has. */
    EMBEDDED,
    /** Those in containers where they can be had, else embedded ones. */
    AUTO;

    /**
     * The choice of the system property {@code servers}.
     *
     * @param property null for {@link #AUTO}
     * @throws IllegalArgumentException when the property names none
     */
    static Choice of(@Nullable String property) {
        return switch (property == null ? "auto" : property.toLowerCase(Locale.ROOT)) {
            case "containers" -> CONTAINERS;
            case "embedded" -> EMBEDDED;
            case "auto" -> AUTO;
            default -> throw new IllegalArgumentException("-Dservers is containers, embedded or auto, not " + property);
        };
    }
}
