package io.tributary.service.schema;

import com.google.re2j.Pattern;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;
import io.tributary.json.Regex;
import java.net.Inet6Address;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The formats that {@code format} asserts. None takes more time than its text is long: the validator's own have regular
 * expressions that overflow the stack on a long text.
 */
record TextFormat(String getName, Predicate<String> check) implements Format {

    /** All that there are. */
    static final List<TextFormat> ALL = List.of(
            new TextFormat("date", matching("\\d{4}-\\d\\d-\\d\\d").and(parsing(LocalDate::parse))),
            new TextFormat(
                    "time",
                    matching("(?i)\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)")
                            .and(parsing(text -> OffsetTime.parse(text.toUpperCase(Locale.ROOT))))),
            new TextFormat(
                    "date-time",
                    matching("(?i)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)")
                            .and(parsing(text -> OffsetDateTime.parse(text.toUpperCase(Locale.ROOT))))),
            new TextFormat(
                    "duration",
                    matching("P(\\d+W|\\d+Y(\\d+M(\\d+D)?)?|\\d+M(\\d+D)?|\\d+D)")
                            .or(
                                    matching(
                                            "P(\\d+Y(\\d+M(\\d+D)?)?|\\d+M(\\d+D)?|\\d+D)?T(\\d+H(\\d+M(\\d+S)?)?|\\d+M(\\d+S)?|\\d+S)"))),
            new TextFormat(
                    "email",
                    noLongerThan(320)
                            .and(matching("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[^@]+"))
                            .and(text -> isHostName(text.substring(text.lastIndexOf('@') + 1)))),
            new TextFormat("hostname", TextFormat::isHostName),
            new TextFormat(
                    "ipv4",
                    matching("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)")),
            new TextFormat(
                    "ipv6",
                    noLongerThan(45)
                            .and(matching("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*"))
                            .and(parsing(Inet6Address::ofLiteral))),
            new TextFormat("uri", TextFormat::isUri),
            new TextFormat("uri-reference", TextFormat::isUriReference),
            new TextFormat("uuid", matching("[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}")),
            new TextFormat("json-pointer", matching("(/([^~/]|~[01])*)*")),
            new TextFormat("regex", parsing(Regex::compile)));

    /** The names of all. */
    static final List<String> NAMES = ALL.stream().map(TextFormat::getName).toList();

    /** Names the validator's own sentence. */
    @Override
    public String getMessageKey() {
        return "format." + getName;
    }

    @Override
    public boolean matches(ExecutionContext context, String text) {
        return check.test(text);
    }

    private static Predicate<String> matching(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return pattern::matches;
    }

    private static Predicate<String> noLongerThan(int characters) {
        return text -> text.length() <= characters;
    }

    private static Predicate<String> parsing(Consumer<String> parser) {
        return text -> {
            try {
                parser.accept(text);
                return true;
            } catch (IllegalArgumentException | DateTimeException fault) {
                return false;
            }
        };
    }

    private static boolean isHostName(String text) {
        return text.length() <= 253 && HostName.PATTERN.matches(text);
    }

    private static boolean isUri(String text) {
        java.net.URI uri = uri(text);
        return uri != null && uri.isAbsolute();
    }

    private static boolean isUriReference(String text) {
        return uri(text) != null;
    }

    private static java.net.@Nullable URI uri(String text) {
        try {
            return text.chars().allMatch(c -> c < 128) ? new java.net.URI(text) : null;
        } catch (URISyntaxException fault) {
            return null;
        }
    }

    /** RFC 1123, section 2.1. */
    private static final class HostName {

        private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
        private static final Pattern PATTERN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    }
}
