package io.tributary.json;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.name.FieldPath;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * One JSON text that is read token by token. Every fault is a {@link ProblemException} with the JSON Pointer of the token
 * that the reader stands on. The methods that read something leave the reader on its last token.
 */
final class JsonInput {

    private static final int MAX_POINTER = 2_000;

    private final JsonParser parser;
    private final Limits limits;

    JsonInput(JsonParser parser, Limits limits) {
        this.parser = parser;
        this.limits = limits;
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

    /** Reads the value that the reader stands on as text, without looking into it. */
    String raw() {
        return JsonOutput.string(out -> out.copyCurrentStructureExact(parser));
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
        return fault(ProblemType.MALFORMED, "the member " + Text.quoted(name) + " is there twice");
    }

    ProblemException fault(ProblemType type, String detail) {
        return fault(Problem.of(type, detail));
    }

    /** The problem, at the token that the reader stands on. */
    ProblemException fault(Problem problem) {
        return faultAt(pointer(), problem);
    }

    /** The problem of a member of the object whose end the reader stands on. */
    ProblemException faultIn(String member, Problem problem) {
        return faultAt(pointer() + "/" + member, problem);
    }

    private static ProblemException faultAt(String pointer, Problem problem) {
        return new ProblemException(problem.withPointer(pointer));
    }

    /**
     * The JSON Pointer (RFC 6901) of the token that the reader stands on, empty for the whole; of a map around it where
     * names are so long that it would be longer than {@link #MAX_POINTER}.
     */
    String pointer() {
        String pointer = parser.streamReadContext().pathAsPointer().toString();
        return pointer.length() <= MAX_POINTER
                ? pointer
                : pointer.substring(0, Math.max(0, pointer.lastIndexOf('/', MAX_POINTER)));
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
