package io.tributary.json;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.name.FieldPath;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * One JSON text that is read token by token. Every fault is a {@link ProblemException} with the JSON Pointer of the token
 * that the reader stands on. The methods that read something leave the reader on its last token.
 */
final class JsonInput {

    /** The objects and arrays that a write, its operators and an operand may put around a value. */
    private static final int ENVELOPE_NESTING = 10;

    private static final Map<Limits, JsonFactory> FACTORIES = new ConcurrentHashMap<>();

    private final JsonParser parser;
    private final Limits limits;

    private JsonInput(JsonParser parser, Limits limits) {
        this.parser = parser;
        this.limits = limits;
    }

    /**
     * Reads a whole text, with {@code content} standing on its first token.
     *
     * @throws ProblemException when it is too large, not UTF-8, not JSON, goes on behind the value, or {@code content}
     *     refuses it
     */
    static <T> T read(byte[] json, Limits limits, Function<JsonInput, T> content) {
        if (json.length > limits.requestBytes()) {
            throw new ProblemException(Problem.of(
                    ProblemType.REQUEST_TOO_LARGE,
                    json.length + " bytes are more than the limit of " + limits.requestBytes()));
        }
        int fault = Utf8.firstFault(json);
        if (fault >= 0) {
            throw new ProblemException(
                    Problem.of(ProblemType.MALFORMED, "not UTF-8 without NUL bytes, from byte " + (fault + 1) + " on"));
        }
        return read(factory(limits).createParser(ObjectReadContext.empty(), json), limits, content);
    }

    static <T> T read(String json, Limits limits, Function<JsonInput, T> content) {
        return read(factory(limits).createParser(ObjectReadContext.empty(), json), limits, content);
    }

    private static <T> T read(JsonParser parser, Limits limits, Function<JsonInput, T> content) {
        JsonInput in = new JsonInput(parser, limits);
        try (parser) {
            if (parser.nextToken() == null) {
                throw in.fault(ProblemType.MALFORMED, "there is no JSON");
            }
            T result = content.apply(in);
            if (parser.nextToken() != null) {
                throw in.fault(ProblemType.MALFORMED, "something follows the JSON value");
            }
            return result;
        } catch (StreamConstraintsException e) {
            throw in.fault(
                    ProblemType.LIMIT_EXCEEDED, "the JSON is nested too deeply, or a name or number is too long");
        } catch (JacksonException e) {
            throw in.fault(ProblemType.MALFORMED, "not valid JSON" + place(e));
        }
    }

    private static JsonFactory factory(Limits limits) {
        return FACTORIES.computeIfAbsent(limits, JsonInput::newFactory);
    }

    /** A typed value or an escaped map is an object more than the value it stands for. */
    private static JsonFactory newFactory(Limits limits) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(ENVELOPE_NESTING + 2 * limits.nesting() + 3 * limits.filterDepth())
                        .maxStringLength(limits.requestBytes())
                        .build())
                .build();
    }

    private static String place(JacksonException e) {
        var location = e.getLocation();
        return location == null ? "" : ", at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    Limits limits() {
        return limits;
    }

    JsonToken token() {
        return parser.currentToken();
    }

    boolean is(JsonToken token) {
        return parser.currentToken() == token;
    }

    JsonToken next() {
        return parser.nextToken();
    }

    /** The next name of the object, the reader standing on it; null at the end of the object. */
    @Nullable
    String nextName() {
        return parser.nextName();
    }

    /** Reads an object: hands on each name, the reader standing on the value, which {@code member} must read. */
    void eachMember(String what, Consumer<String> member) {
        require(JsonToken.START_OBJECT, what);
        Set<String> seen = new HashSet<>(8);
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            if (!seen.add(name)) {
                throw duplicate(name);
            }
            parser.nextToken();
            member.accept(name);
        }
    }

    /** Reads an array: stands on each element, which {@code element} must read. */
    void eachElement(String what, Runnable element) {
        require(JsonToken.START_ARRAY, what);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            element.run();
        }
    }

    /** The index of the token's first byte; only where bytes are read. */
    int tokenStart() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** The index behind the token's last byte; only where bytes are read. */
    int tokenEnd() {
        return (int) parser.currentLocation().getByteOffset();
    }

    /** Reads past the value that the reader stands on. */
    void skip() {
        parser.skipChildren();
    }

    /** Reads a string without U+0000 and lone surrogates. */
    String text(String what) {
        require(JsonToken.VALUE_STRING, what);
        return checked(parser.getString());
    }

    /** {@code text}, refused where it holds U+0000 or a lone surrogate. */
    String checked(String text) {
        String fault = Text.fault(text);
        if (fault != null) {
            throw fault(ProblemType.BAD_VALUE, "a string holds " + fault);
        }
        return text;
    }

    boolean bool(String what) {
        if (!is(JsonToken.VALUE_TRUE) && !is(JsonToken.VALUE_FALSE)) {
            throw expected(what);
        }
        return is(JsonToken.VALUE_TRUE);
    }

    /** Reads a 64-bit integer. */
    long integer(String what) {
        require(JsonToken.VALUE_NUMBER_INT, what);
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw fault(
                    ProblemType.BAD_VALUE,
                    "an integer does not fit into 64 bits; a double of that size is written with a fraction or exponent,"
                            + " or as {\"@double\": \"…\"}");
        }
        return parser.getLongValue();
    }

    /** Reads a number with a fraction or an exponent. */
    double real(String what) {
        require(JsonToken.VALUE_NUMBER_FLOAT, what);
        double value = parser.getDoubleValue();
        if (Double.isInfinite(value)) {
            throw fault(ProblemType.BAD_VALUE, "a number is beyond the range of doubles");
        }
        return value;
    }

    /** Reads a 32-bit integer. */
    int smallInteger(String what) {
        long value = integer(what);
        if (value != (int) value) {
            throw expected(what);
        }
        return (int) value;
    }

    /** Reads a time as envelopes carry it, a plain RFC 3339 string. */
    Instant time(String what) {
        String text = text(what);
        return checking(ProblemType.BAD_VALUE, () -> Timestamps.parse(text));
    }

    /** Reads a string as a field path. */
    FieldPath path(String what) {
        return path(what, text(what));
    }

    /** Parses the dotted form of a path that was read already. */
    FieldPath parsePath(String dotted) {
        return path("a field path", dotted);
    }

    private FieldPath path(String what, String dotted) {
        FieldPath path = checking(ProblemType.BAD_PATH, () -> FieldPath.parse(dotted, limits.pathBytes()));
        if (path.segments().size() > limits.nesting()) {
            throw fault(
                    ProblemType.LIMIT_EXCEEDED, what + " is deeper than " + limits.nesting() + " levels of a document");
        }
        return path;
    }

    /** What {@code source} gives; what it refuses by an IllegalArgumentException becomes a problem of this type. */
    <T> T checking(ProblemType type, Supplier<T> source) {
        try {
            return source.get();
        } catch (IllegalArgumentException e) {
            throw fault(type, String.valueOf(e.getMessage()));
        }
    }

    /** @throws ProblemException when the reader does not stand on {@code token}, saying that {@code what} was expected */
    void require(JsonToken token, String what) {
        if (parser.currentToken() != token) {
            throw expected(what);
        }
    }

    ProblemException expected(String what) {
        return fault(ProblemType.BAD_VALUE, "expected " + what + ", found " + found());
    }

    ProblemException duplicate(String name) {
        return fault(ProblemType.MALFORMED, "the member \"" + name + "\" is there twice");
    }

    ProblemException fault(ProblemType type, String detail) {
        return fault(Problem.of(type, detail));
    }

    /** The problem, at the token that the reader stands on. */
    ProblemException fault(Problem problem) {
        return new ProblemException(problem.withPointer(pointer()));
    }

    /** The JSON Pointer (RFC 6901) of the token that the reader stands on; empty for the whole. */
    String pointer() {
        return parser.streamReadContext().pathAsPointer().toString();
    }

    private String found() {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT -> "an integer";
            case VALUE_NUMBER_FLOAT -> "a number with a fraction";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> "the end";
        };
    }
}
