package io.tributary.write;

import io.tributary.name.FieldPath;
import io.tributary.value.DoubleValue;
import io.tributary.value.IntegerValue;
import io.tributary.value.MapValue;
import io.tributary.value.NumberValue;
import io.tributary.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Collects the operators of an update, each by its name on the wire. Paths are dotted ({@link FieldPath#parse}), and operands
 * are whatever {@link Value#of} takes. Every method throws {@link IllegalArgumentException} for a path or operand that
 * cannot be. Not safe for use by several threads.
 */
public final class UpdateBuilder {

    private final List<Step> steps = new ArrayList<>();
    private final List<Operator> operators = new ArrayList<>();
    private boolean upsert;

    /** Adds an operator that is made already. */
    public UpdateBuilder with(Operator operator) {
        operators.add(operator);
        return this;
    }

    public UpdateBuilder set(String path, @Nullable Object value) {
        return with(new Operator.Set(FieldPath.parse(path), Value.of(value)));
    }

    public UpdateBuilder unset(String... paths) {
        return each(paths, Operator.Unset::new);
    }

    public UpdateBuilder merge(String path, Map<String, ? extends @Nullable Object> members) {
        return with(new Operator.Merge(FieldPath.parse(path), (MapValue) Value.of(members)));
    }

    public UpdateBuilder mergeDeep(String path, Map<String, ? extends @Nullable Object> members) {
        return with(new Operator.MergeDeep(FieldPath.parse(path), (MapValue) Value.of(members)));
    }

    public UpdateBuilder rename(String path, String target) {
        return with(new Operator.Rename(FieldPath.parse(path), FieldPath.parse(target)));
    }

    public UpdateBuilder setOnCreate(String path, @Nullable Object value) {
        return with(new Operator.SetOnCreate(FieldPath.parse(path), Value.of(value)));
    }

    public UpdateBuilder increment(String path, long by) {
        return increment(path, new IntegerValue(by));
    }

    public UpdateBuilder increment(String path, double by) {
        return increment(path, new DoubleValue(by));
    }

    public UpdateBuilder multiply(String path, long by) {
        return with(new Operator.Multiply(FieldPath.parse(path), new IntegerValue(by)));
    }

    public UpdateBuilder multiply(String path, double by) {
        return with(new Operator.Multiply(FieldPath.parse(path), new DoubleValue(by)));
    }

    public UpdateBuilder min(String path, @Nullable Object value) {
        return with(new Operator.Min(FieldPath.parse(path), Value.of(value)));
    }

    public UpdateBuilder max(String path, @Nullable Object value) {
        return with(new Operator.Max(FieldPath.parse(path), Value.of(value)));
    }

    /** Sets a field to the value of a {@link Operator.Compute} expression. */
    public UpdateBuilder compute(String path, String expression) {
        return with(new Operator.Compute(FieldPath.parse(path), expression));
    }

    public UpdateBuilder serverTimestamp(String... paths) {
        return each(paths, Operator.ServerTimestamp::new);
    }

    /** Appends at the end; {@link Operator.Append} can more, and is added by {@link #with}. */
    public UpdateBuilder append(String path, @Nullable Object... values) {
        return with(new Operator.Append(FieldPath.parse(path), values(values), null, null, null));
    }

    public UpdateBuilder prepend(String path, @Nullable Object... values) {
        return with(new Operator.Prepend(FieldPath.parse(path), values(values)));
    }

    public UpdateBuilder appendUnique(String path, @Nullable Object... values) {
        return with(new Operator.AppendUnique(FieldPath.parse(path), values(values)));
    }

    public UpdateBuilder remove(String path, @Nullable Object... values) {
        return with(new Operator.Remove(FieldPath.parse(path), values(values)));
    }

    public UpdateBuilder removeWhere(String path, Filter filter) {
        return with(new Operator.RemoveWhere(FieldPath.parse(path), filter));
    }

    public UpdateBuilder pop(String... paths) {
        return each(paths, Operator.Pop::new);
    }

    public UpdateBuilder shift(String... paths) {
        return each(paths, Operator.Shift::new);
    }

    /**
     * Ends a step: the operators that follow work on the result of those before.
     *
     * @throws ConflictingPathsException when two operators of the step address one path, or a path and its ancestor
     */
    public UpdateBuilder then() {
        steps.add(new Step(operators));
        operators.clear();
        return this;
    }

    /** Lets a missing document start from the empty map. */
    public UpdateBuilder upsert() {
        upsert = true;
        return this;
    }

    /**
     * The update of all operators so far. One without any checks its condition and changes nothing.
     *
     * @throws ConflictingPathsException as {@link #then}
     */
    public Action.Update build() {
        List<Step> all = new ArrayList<>(steps);
        if (!operators.isEmpty() || all.isEmpty()) {
            all.add(new Step(operators));
        }
        return new Action.Update(all, upsert);
    }

    private UpdateBuilder increment(String path, NumberValue by) {
        return with(new Operator.Increment(FieldPath.parse(path), by));
    }

    private UpdateBuilder each(String[] paths, Function<FieldPath, Operator> operator) {
        Arrays.stream(paths).map(FieldPath::parse).map(operator).forEach(operators::add);
        return this;
    }

    private static List<Value> values(@Nullable Object[] plain) {
        return Arrays.stream(plain).map(Value::of).toList();
    }
}
