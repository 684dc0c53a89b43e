package io.tributary.service.document.patch;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.name.FieldPath;
import io.tributary.value.MapValue;
import io.tributary.value.Value;
import io.tributary.value.ValueType;
import io.tributary.write.Operator;
import io.tributary.write.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies the operators of one step. Their paths do not overlap, so each sees the data as it was before the step. */
public final class Operators {

    private final MapValue before;
    private final Occasion occasion;
    private final Dialect dialect;
    private final Edits edits = new Edits();
    private final List<Problem> problems = new ArrayList<>();

    private Operators(MapValue before, Occasion occasion, Dialect dialect) {
        this.before = before;
        this.occasion = occasion;
        this.dialect = dialect;
    }

    /** Applies all operators of {@code step}, or none. */
    public static Patched apply(Step step, MapValue data, Occasion occasion, Dialect dialect) {
        var operators = new Operators(data, occasion, dialect);
        step.operators().forEach(operators::apply);
        return operators.problems.isEmpty()
                ? new Patched.Data(operators.edits.applyTo(data))
                : new Patched.Refused(operators.problems);
    }

    private void apply(Operator operator) {
        FieldPath path = operator.path();
        Value stored = before.get(path);
        switch (dialect.make(operator, before, occasion)) {
            case Made.Field(var value) -> put(operator, path, stored, value);
            case Made.Mismatch(var expected, var actual) -> problems.add(mismatch(operator, path, expected, actual));
            case Made.Failure(var reason) -> problems.add(failure(operator, reason));
            case Made.Overflow() -> problems.add(overflow(operator));
        }
        if (operator instanceof Operator.Rename rename && stored != null) {
            put(operator, rename.target(), before.get(rename.target()), stored);
        }
    }

    /** Nothing is missing below a parent that is no map: there, only a value is an error. */
    private void put(Operator operator, FieldPath path, @Nullable Value stored, @Nullable Value value) {
        if (value == null ? stored == null : value.equals(stored)) {
            return;
        }
        Obstacle obstacle = stored == null ? obstacle(path) : null;
        if (obstacle == null) {
            edits.put(path, value);
        } else {
            problems.add(mismatch(operator, obstacle.path(), ValueType.MAP, obstacle.type()));
        }
    }

    /** A parent that is there and is no map. */
    private record Obstacle(FieldPath path, ValueType type) {}

    private @Nullable Obstacle obstacle(FieldPath path) {
        Value value = before;
        for (int i = 0; i < path.segments().size() - 1 && value instanceof MapValue map; i++) {
            value = map.get(Edits.name(path.segments().get(i)));
            if (value != null && !(value instanceof MapValue)) {
                return new Obstacle(new FieldPath(path.segments().subList(0, i + 1)), value.type());
            }
        }
        return null;
    }

    private static Problem mismatch(Operator operator, FieldPath path, ValueType expected, ValueType actual) {
        String detail = "%s needs type %s at %s, where type %s is stored"
                .formatted(operator.name(), expected.wireName(), path, actual.wireName());
        return Problem.of(ProblemType.TYPE_MISMATCH, detail)
                .withOperator(operator.name(), path.toString())
                .withTypes(expected, actual);
    }

    private static Problem failure(Operator operator, String reason) {
        return Problem.of(ProblemType.COMPUTE_FAILED, reason)
                .withOperator(operator.name(), operator.path().toString());
    }

    private static Problem overflow(Operator operator) {
        String detail = "the result of %s at %s does not fit into 64 bits".formatted(operator.name(), operator.path());
        return Problem.of(ProblemType.OVERFLOW, detail)
                .withOperator(operator.name(), operator.path().toString());
    }
}
