package io.tributary.json;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Whole JSON texts (RFC 8259): one value, UTF-8, nothing behind it. */
final class JsonText {

    /** The objects and arrays that a batch, a write, its operators and an operand may put around a value. */
    private static final int ENVELOPE_NESTING = 10;

    private static final Map<Limits, JsonFactory> FACTORIES = new ConcurrentHashMap<>();

    private JsonText() {}

    /**
     * Reads a text, with {@code content} standing on its first token.
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
            throw new ProblemException(Problem.of(
                    ProblemType.MALFORMED, "byte " + (fault + 1) + " begins no character of UTF-8 or is NUL"));
        }
        return read(factory(limits).createParser(ObjectReadContext.empty(), json), limits, content);
    }

    /** The same for a text that was decoded already. */
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
            throw in.fault(ProblemType.MALFORMED, "not valid JSON" + place(e.getLocation()));
        }
    }

    private static String place(@Nullable TokenStreamLocation location) {
        return location == null ? "" : ", at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static JsonFactory factory(Limits limits) {
        return FACTORIES.computeIfAbsent(limits, JsonText::newFactory);
    }

    /** A typed value or an escaped map is an object more than the value it stands for, each level of a filter three. */
    private static JsonFactory newFactory(Limits limits) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(ENVELOPE_NESTING + 2 * limits.nesting() + 3 * limits.filterDepth())
                        .maxStringLength(limits.requestBytes())
                        .build())
                .build();
    }
}
