package io.tributary.service.http.request;

import io.tributary.change.ProblemType;
import io.tributary.value.IntegerValue;
import io.tributary.value.Value;
import io.tributary.write.Condition;
import io.tributary.write.Filter;
import io.tributary.write.Subject.SystemField;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The entity tags of an {@code If-Match} or {@code If-None-Match} (RFC 9110, sections 13.1.1 and 13.1.2). A document's tag
 * is its version in quotes; {@code W/} before a tag is ignored, and a tag that is no version matches no document.
 */
public sealed interface EntityTags {

    /** {@code *}: any document, as long as it exists. */
    record Any() implements EntityTags {

        @Override
        public boolean match(long version) {
            return version > 0;
        }

        @Override
        public Condition asIfMatch() {
            return Condition.exists(true);
        }

        @Override
        public Condition asIfNoneMatch() {
            return Condition.exists(false);
        }
    }

    /** A list of tags, of which only versions are kept. */
    record Versions(List<Long> versions) implements EntityTags {

        public Versions {
            versions = List.copyOf(versions);
        }

        @Override
        public boolean match(long version) {
            return versions.contains(version);
        }

        @Override
        public Condition asIfMatch() {
            return versions.size() == 1 ? Condition.version(versions.getFirst()) : Condition.where(isOneOf());
        }

        @Override
        public Condition asIfNoneMatch() {
            return Condition.where(new Filter.Not(isOneOf()));
        }

        private Filter isOneOf() {
            List<Value> operands =
                    versions.stream().<Value>map(IntegerValue::new).toList();
            return new Filter.Is(SystemField.VERSION, new Filter.In(operands));
        }
    }

    /** Whether one of the tags is that of an existing document at {@code version}. */
    boolean match(long version);

    /** Holds when a document's tag is among these. */
    Condition asIfMatch();

    /** Holds when no document's tag is among these. */
    Condition asIfNoneMatch();

    /**
     * Which versions may be followed by a request with these headers, 0 for none that is there.
     *
     * @throws Refusal as {@link #of}
     */
    static LongPredicate condition(HttpHeaders headers) {
        EntityTags match = of(headers, HttpHeaders.IF_MATCH);
        EntityTags noneMatch = of(headers, HttpHeaders.IF_NONE_MATCH);
        return version -> (match == null || match.match(version)) && (noneMatch == null || !noneMatch.match(version));
    }

    /** The tag of a document at {@code version}. */
    static String tag(long version) {
        return "\"" + version + "\"";
    }

    /**
     * The tags of {@code header}, null when the request has no such header.
     *
     * @throws Refusal {@code malformed} when it is neither {@code *} nor a list of entity tags
     */
    static @Nullable EntityTags of(HttpHeaders headers, String header) {
        List<String> lines = headers.get(header);
        return lines == null ? null : parse(header, String.join(",", lines).strip());
    }

    private static EntityTags parse(String header, String value) {
        if (value.equals("*")) {
            return new Any();
        }
        List<Long> versions = new ArrayList<>();
        Matcher matcher = Syntax.TAG.matcher(value);
        int end = 0;
        while (end < value.length() && matcher.region(end, value.length()).lookingAt()) {
            if (Syntax.VERSION.matcher(matcher.group(1)).matches()) {
                versions.add(Long.parseLong(matcher.group(1)));
            }
            end = matcher.end();
        }
        if (value.isEmpty() || end < value.length()) {
            throw Refusal.of(
                    ProblemType.MALFORMED, header + " takes * or a list of entity tags like \"7\", in double quotes");
        }
        return new Versions(versions);
    }

    /** RFC 9110, section 8.8.3. */
    final class Syntax {

        private static final Pattern TAG =
                Pattern.compile("\\s*(?:W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*)\"\\s*(?:,\\s*|$)");
        private static final Pattern VERSION = Pattern.compile("0|[1-9][0-9]{0,17}");

        private Syntax() {}
    }
}
