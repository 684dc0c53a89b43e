package io.tributary.service.http.request;

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
 */
public record Preferences(@Nullable Return returns) {

    /** {@code Prefer: return=…}. */
    public enum Return {
        MINIMAL,
        REPRESENTATION;

        /** The preference as {@code Preference-Applied} names it. */
        public String applied() {
            return "return=" + name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Preferences NONE = new Preferences(null);

    private static final Pattern RETURN = Pattern.compile(
            "(?:^|,)\\s*return\\s*=\\s*\"?(minimal|representation)\"?\\s*(?=[;,]|$)", Pattern.CASE_INSENSITIVE);

    public static Preferences of(HttpHeaders headers) {
        List<String> lines = headers.get("Prefer");
        if (lines == null) {
            return NONE;
        }
        Matcher matcher = RETURN.matcher(String.join(",", lines));
        return matcher.find() ? new Preferences(Return.valueOf(matcher.group(1).toUpperCase(Locale.ROOT))) : NONE;
    }
}
