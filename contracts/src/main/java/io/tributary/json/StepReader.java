package io.tributary.json;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.name.FieldPath;
import io.tributary.value.Value;
import io.tributary.write.ConflictingPathsException;
import io.tributary.write.Operator;
import io.tributary.write.Sort;
import io.tributary.write.SortKey;
import io.tributary.write.Step;
import io.tributary.write.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Reads the operators of one step: for each operator a map from path to operand, or a list of paths. */
final class StepReader {

    private static final String VALUES = "an array of values";

    private final JsonInput in;
    private final ValueReader values;
    private final List<Operator> operators = new ArrayList<>();

    StepReader(JsonInput in) {
        this.in = in;
        this.values = new ValueReader(in);
    }

    /** Reads a step that is an object of its own. */
    static Step read(JsonInput in) {
        StepReader reader = new StepReader(in);
        in.eachMember("a step, an object of operators", name -> {
            if (!reader.operator(name)) {
                throw in.fault(ProblemType.UNKNOWN_MEMBER, MemberHints.unknownOperator(name));
            }
        });
        return reader.step();
    }

    /** Reads several steps, at least one. */
    static List<Step> steps(JsonInput in) {
        List<Step> steps = new ArrayList<>();
        in.eachElement("an array of steps", () -> {
            if (steps.size() == in.limits().listElements()) {
                throw in.fault(
                        ProblemType.LIMIT_EXCEEDED,
                        "an update has more than " + in.limits().listElements() + " steps");
            }
            steps.add(read(in));
        });
        if (steps.isEmpty()) {
            throw in.fault(ProblemType.BAD_VALUE, "expected at least one step");
        }
        return steps;
    }

    boolean isEmpty() {
        return operators.isEmpty();
    }

    /**
     * The step of all operators read. To be called where the reader stands on the end of the object that held them.
     *
     * @throws ProblemException {@code conflicting-paths}
     */
    Step step() {
        try {
            return new Step(operators);
        } catch (ConflictingPathsException e) {
            throw in.faultIn(
                    lastOn(e.second()),
                    Problem.of(ProblemType.CONFLICTING_PATHS, String.valueOf(e.getMessage()))
                            .withOperator(lastOn(e.second()), e.second().toString()));
        }
    }

    /** The name of the last operator that changes {@code path}. */
    private String lastOn(FieldPath path) {
        return operators.stream()
                .filter(operator -> operator.paths().contains(path))
                .reduce((earlier, later) -> later)
                .map(Operator::name)
                .orElseThrow();
    }

    /** Reads the operands of the operator {@code name}; false when there is no such operator and nothing was read. */
    boolean operator(String name) {
        switch (name) {
            case "set" -> each(name, path -> new Operator.Set(path, valueAt(path)));
            case "setOnCreate" -> each(name, path -> new Operator.SetOnCreate(path, valueAt(path)));
            case "min" -> each(name, path -> new Operator.Min(path, valueAt(path)));
            case "max" -> each(name, path -> new Operator.Max(path, valueAt(path)));
            case "merge" -> each(name, path -> new Operator.Merge(path, values.map(level(path), "an object")));
            case "mergeDeep" -> each(name, path -> new Operator.MergeDeep(path, values.map(level(path), "an object")));
            case "increment" -> each(name, path -> new Operator.Increment(path, values.number("a number")));
            case "multiply" -> each(name, path -> new Operator.Multiply(path, values.number("a number")));
            case "rename" -> each(name, this::rename);
            case "append" -> each(name, this::append);
            case "prepend" -> each(name, path -> new Operator.Prepend(path, elements(path)));
            case "appendUnique" -> each(name, path -> new Operator.AppendUnique(path, elements(path)));
            case "remove" -> each(name, path -> new Operator.Remove(path, elements(path)));
            case "removeWhere" -> each(name, path -> new Operator.RemoveWhere(path, FilterReader.ofElements(in)));
            case "compute" -> each(name, path -> new Operator.Compute(path, expression()));
            case "unset" -> eachPath(Operator.Unset::new);
            case "serverTimestamp" -> eachPath(Operator.ServerTimestamp::new);
            case "pop" -> eachPath(Operator.Pop::new);
            case "shift" -> eachPath(Operator.Shift::new);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void each(String operator, Function<FieldPath, Operator> operand) {
        in.eachMember("an object of paths and operands", dotted -> {
            FieldPath path = in.parsePath(dotted);
            try {
                operators.add(operand.apply(path));
            } catch (ProblemException e) {
                throw new ProblemException(named(e.problem(), operator, path));
            }
        });
    }

    private static Problem named(Problem problem, String operator, FieldPath path) {
        return problem.operator() == null ? problem.withOperator(operator, path.toString()) : problem;
    }

    private void eachPath(Function<FieldPath, Operator> constructor) {
        in.eachElement("an array of paths", () -> operators.add(constructor.apply(in.path("a field path"))));
    }

    private Value valueAt(FieldPath path) {
        return values.value(level(path));
    }

    private String expression() {
        String expression = in.text("an expression, a string");
        String fault = in.limits().expressions().fault(expression);
        if (fault != null) {
            throw in.fault(ProblemType.BAD_VALUE, "the expression is faulty at " + fault);
        }
        return expression;
    }

    private List<Value> elements(FieldPath path) {
        return values.values(level(path) + 1, VALUES);
    }

    /** The level of a document that the value at {@code path} lies on. */
    private static int level(FieldPath path) {
        return path.segments().size() + 1;
    }

    private Operator rename(FieldPath path) {
        FieldPath target = in.path("the new path, a string");
        return in.checking(ProblemType.CONFLICTING_PATHS, () -> new Operator.Rename(path, target));
    }

    private Operator append(FieldPath path) {
        return in.is(JsonToken.START_OBJECT)
                ? new AppendReader(path).read()
                : new Operator.Append(path, elements(path), null, null, null);
    }

    /** Reads the long form of {@code append}. */
    private final class AppendReader {

        private final FieldPath path;
        private @Nullable List<Value> elements;
        private @Nullable Integer at;
        private @Nullable Sort sort;
        private @Nullable Integer keep;

        private AppendReader(FieldPath path) {
            this.path = path;
        }

        private Operator read() {
            in.eachMember(VALUES + ", or an object with \"values\"", this::member);
            if (elements == null) {
                throw in.fault(ProblemType.BAD_VALUE, "\"values\" is missing; an empty array is fine");
            }
            return new Operator.Append(path, elements, at, sort, keep);
        }

        private void member(String name) {
            switch (name) {
                case "values" -> elements = elements(path);
                case "at" -> at = in.smallInteger("an index, an integer of 32 bits");
                case "sort" -> sort = sort();
                case "keep" -> keep = in.smallInteger("a number of elements, an integer of 32 bits");
                default ->
                    throw in.fault(
                            ProblemType.UNKNOWN_MEMBER,
                            MemberHints.unknown(name, List.of("values", "at", "sort", "keep")));
            }
        }

        private Sort sort() {
            String what = "1, -1 or an array of keys like [\"-price\", \"name\"]";
            if (in.is(JsonToken.START_ARRAY)) {
                List<SortKey> keys = SortKeys.read(in, what);
                for (SortKey key : keys) {
                    if (!(key.subject() instanceof Subject.Field)) {
                        throw in.fault(ProblemType.BAD_PATH, "elements have no " + key.subject());
                    }
                }
                if (keys.isEmpty()) {
                    throw in.fault(ProblemType.BAD_VALUE, "expected " + what + ", found an empty array");
                }
                return new Sort.ByFields(keys);
            }
            int direction = in.smallInteger(what);
            if (direction != 1 && direction != -1) {
                throw in.expected(what);
            }
            return new Sort.ByElement(direction < 0);
        }
    }
}
