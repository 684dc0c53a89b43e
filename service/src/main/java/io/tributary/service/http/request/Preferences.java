package io.tributary.service.http.request;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The preferences of a request that the service follows (RFC 7240); others are ignored, as they should be.
 *
 * @param returns what the answer should carry, null when the request does not say; the first counts
 * @param async whether the caller would rather come back for the outcome
 * @param patience how long the caller would wait for what takes long, null when the request does not say
 */
public record Preferences(
        @Nullable Return returns, boolean async, @Nullable Duration patience) {

    /** Nobody is let wait for longer, for proxies would not. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /** {@code Prefer: return=…}. */
    public enum Return {
        MINIMAL,
        REPRESENTATION;

        /** The preference as {@code Preference-Applied} names it. */
        public String applied() {
            return "return=" + name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Preferences NONE = new Preferences(null, false, null);

    private static final Pattern RETURN = preference("return\\s*=\\s*\"?(minimal|representation)\"?");
    private static final Pattern ASYNC = preference("respond-async");
    private static final Pattern WAIT = preference("wait\\s*=\\s*\"?([0-9]{1,9})\"?");

    public static Preferences of(HttpHeaders headers) {
        List<String> lines = headers.get("Prefer");
        if (lines == null) {
            return NONE;
        }
        String all = String.join(",", lines);
        Matcher returns = RETURN.matcher(all);
        Matcher wait = WAIT.matcher(all);
        return new Preferences(
                returns.find() ? Return.valueOf(returns.group(1).toUpperCase(Locale.ROOT)) : null,
                ASYNC.matcher(all).find(),
                wait.find() ? shorter(Duration.ofSeconds(Long.parseLong(wait.group(1)))) : null);
    }

    private static Duration shorter(Duration wait) {
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    private static Pattern preference(String form) {
        return Pattern.compile("(?:^|,)\\s*" + form + "\\s*(?=[;,]|$)", Pattern.CASE_INSENSITIVE);
    }
}
