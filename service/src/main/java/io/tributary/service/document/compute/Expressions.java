package io.tributary.service.document.compute;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.tributary.value.MapValue;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks and evaluates expressions over {@code doc}, the document's data before the step; {@code now}, the commit's time; and
 * {@code id}, the document's id. Those used lately are kept compiled. Thread-safe.
 *
 * <p>The language is that of https://github.com/google/cel-spec with its standard functions and macros, with arithmetic on an
 * integer and a double beside. It has no loops but those over lists and maps, so every evaluation ends; how far one may go is
 * bounded: 2 000 characters, 200 operations, 1 000 steps of all loops together, and regular expressions of RE2.
 */
public final class Expressions {

    private static final int LONGEST = 2_000;
    private static final int MOST_NODES = 200;
    private static final int DEEPEST = 50;
    private static final int MOST_ITERATIONS = 1_000;
    private static final int LARGEST_REGEX = 1_000;
    private static final int KEPT = 1_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(LONGEST)
            .maxParseExpressionNodeCount(MOST_NODES)
            .maxParseRecursionDepth(DEEPEST)
            .comprehensionMaxIterations(MOST_ITERATIONS)
            .maxRegexProgramSize(LARGEST_REGEX)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addFunctionDeclarations(Arithmetic.declarations())
            .addVar("doc", MapType.create(SimpleType.STRING, SimpleType.DYN))
            .addVar("now", SimpleType.TIMESTAMP)
            .addVar("id", SimpleType.STRING)
            .build();

    private static final CelRuntime RUNTIME = CelRuntimeFactory.legacyCelRuntimeBuilder()
            .setOptions(OPTIONS)
            .addFunctionBindings(Arithmetic.bindings())
            .build();

    private static final LoadingCache<String, Compiled> COMPILED =
            Caffeine.newBuilder().maximumSize(KEPT).executor(Runnable::run).build(Expressions::compile);

    private Expressions() {}

    private sealed interface Compiled {

        record Sound(CelRuntime.Program program) implements Compiled {}

        record Faulty(String fault) implements Compiled {}
    }

    /** What is wrong with an expression, with the place; null when it can be evaluated. */
    public static @Nullable String fault(String expression) {
        return COMPILED.get(expression) instanceof Compiled.Faulty(var fault) ? fault : null;
    }

    /** Evaluates an expression on the data of a document. */
    public static Computed evaluate(String expression, MapValue doc, Instant now, String id) {
        return switch (COMPILED.get(expression)) {
            case Compiled.Faulty(var fault) -> new Computed.Failure(fault);
            case Compiled.Sound(var program) ->
                evaluate(program, Map.of("doc", Conversion.toCel(doc), "now", now, "id", id));
        };
    }

    private static Computed evaluate(CelRuntime.Program program, Map<String, ?> variables) {
        try {
            return new Computed.Result(Conversion.ofCel(program.eval(variables)));
        } catch (CelEvaluationException e) {
            return switch (e.getErrorCode()) {
                case NUMERIC_OVERFLOW -> new Computed.Overflow();
                default -> new Computed.Failure(String.valueOf(e.getMessage()));
            };
        } catch (IllegalArgumentException e) {
            return new Computed.Failure(String.valueOf(e.getMessage()));
        }
    }

    private static Compiled compile(String expression) {
        try {
            return new Compiled.Sound(
                    RUNTIME.createProgram(COMPILER.compile(expression).getAst()));
        } catch (CelValidationException e) {
            return new Compiled.Faulty(
                    e.getErrors().stream().map(Expressions::inWords).collect(Collectors.joining("; ")));
        } catch (CelEvaluationException e) {
            return new Compiled.Faulty(String.valueOf(e.getMessage()));
        }
    }

    private static String inWords(CelIssue issue) {
        var place = issue.getSourceLocation();
        return place.getLine() + ":" + (place.getColumn() + 1) + " " + issue.getMessage();
    }
}
