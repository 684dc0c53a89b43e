package io.tributary.service.schema;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Draft202012;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.PathType;
import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.service.document.DocumentSchema;
import io.tributary.value.MapValue;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes schemas of JSON Schema 2020-12 from their text, and says what is wrong with those that are none. */
public final class SchemaCompiler {

    /** How long the text of a schema may be. */
    public static final int MOST_BYTES = 256 << 10;

    private static final int MOST_LISTED = 50;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(SchemaRules.DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private static final Dialect DIALECT = Dialect.builder(Draft202012.getInstance())
            .unknownKeywordFactory((keyword, context) -> new NonValidationKeyword(keyword))
            .formats(formats -> {
                formats.clear();
                TextFormat.ALL.forEach(each -> formats.put(each.getName(), each));
            })
            .build();

    private static final Schema META_SCHEMA = registry().getSchema(SchemaLocation.of(SchemaRules.DIALECT));

    private SchemaCompiler() {}

    /**
     * Compiles a schema.
     *
     * @throws ProblemException with a pointer to the fault: {@code malformed}, {@code request-too-large}, {@code
     *     limit-exceeded}, {@code bad-value}
     */
    public static DocumentSchema compile(byte[] json) {
        JsonNode tree = tree(json);
        List<Error> errors = META_SCHEMA.validate(tree);
        if (!errors.isEmpty()) {
            throw new ProblemException(notASchema(errors));
        }
        SchemaRules.check(tree);
        return compile(tree);
    }

    private static JsonNode tree(byte[] json) {
        if (json.length > MOST_BYTES) {
            throw refusal(ProblemType.REQUEST_TOO_LARGE, "a schema has at most " + MOST_BYTES + " bytes");
        }
        try {
            return JSON.readTree(json);
        } catch (StreamConstraintsException e) {
            throw refusal(
                    ProblemType.LIMIT_EXCEEDED,
                    "a schema is nested at most " + SchemaRules.DEEPEST + " deep, and its names and numbers are short");
        } catch (JacksonException e) {
            throw refusal(ProblemType.MALFORMED, "not valid JSON: " + e.getOriginalMessage());
        }
    }

    private static DocumentSchema compile(JsonNode tree) {
        try {
            Schema schema = registry().getSchema(tree);
            schema.initializeValidators();
            DocumentSchema compiled = new CompiledSchema(schema);
            if (compiled.violations(MapValue.EMPTY).contains(CompiledSchema.TOO_LONG)) {
                throw refusal(ProblemType.BAD_VALUE, "the schema refers to itself without end");
            }
            return compiled;
        } catch (SchemaException e) {
            throw refusal(ProblemType.BAD_VALUE, "the schema cannot be used: " + e.getMessage());
        }
    }

    /** Loads nothing but what the library has in its own archive. */
    private static SchemaRegistry registry() {
        var config = SchemaRegistryConfig.builder()
                .regularExpressionFactory(new LinearRegexes())
                .formatAssertionsEnabled(true)
                .pathType(PathType.JSON_POINTER)
                .locale(Locale.ROOT)
                .preloadSchema(true)
                .build();
        return SchemaRegistry.withDialect(
                DIALECT,
                registry -> registry.schemaRegistryConfig(config)
                        .schemaLoader(loader -> loader.fetchRemoteResources(false)
                                .allow(iri -> iri.toString().startsWith("https://json-schema.org/draft/2020-12/"))));
    }

    private static Problem notASchema(List<Error> errors) {
        List<Problem.Violation> violations = errors.stream()
                .limit(MOST_LISTED)
                .map(CompiledSchema::violation)
                .distinct()
                .toList();
        Problem.Violation first = violations.getFirst();
        return Problem.of(ProblemType.BAD_VALUE, "not a schema of JSON Schema 2020-12: " + first.detail())
                .withPointer(first.pointer())
                .withViolations(violations);
    }

    static ProblemException refusal(ProblemType type, String detail) {
        return new ProblemException(Problem.of(type, detail));
    }
}
