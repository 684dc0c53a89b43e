package io.tributary.service.document;

import io.tributary.name.FieldPath;
import io.tributary.value.MapValue;
import io.tributary.value.Value;
import io.tributary.write.Action;
import io.tributary.write.Operator;
import io.tributary.write.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is left of an action when fields are taken out of it. Not thread-safe. */
final class Remainder {

    private Action action;
    private List<FieldPath> taken = new ArrayList<>();

    Remainder(Action action) {
        this.action = action;
    }

    Action action() {
        return action;
    }

    /** Whether the action has become one that does nothing. */
    boolean isEmpty() {
        return switch (action) {
            case Action.Update update ->
                update.steps().stream().allMatch(step -> step.operators().isEmpty());
            case Action.MergePatch merge -> merge.patch().isEmpty();
            case Action.Create(var data) -> data.isEmpty();
            case Action.Replace(var data) -> data.isEmpty();
            case Action.JsonPatch _, Action.Delete _, Action.Verify _ -> false;
        };
    }

    /**
     * Takes out whatever gives {@code field} its value, or is inside it: of whole maps just that member, of operators that
     * have no such part the operator. What has become empty by that is taken out as well: an empty map is another value. A
     * JSON Patch has no parts.
     *
     * @return the paths of what was taken out, none when nothing of the action is there
     */
    List<FieldPath> take(FieldPath field) {
        taken = new ArrayList<>();
        action = switch (action) {
            case Action.Update update ->
                new Action.Update(
                        update.steps().stream()
                                .map(step -> without(step, field))
                                .toList(),
                        update.upsert());
            case Action.MergePatch(var patch, var upsert) -> new Action.MergePatch(without(patch, field), upsert);
            case Action.Create(var data) -> new Action.Create(without(data, field));
            case Action.Replace(var data) -> new Action.Replace(without(data, field));
            case Action.JsonPatch _, Action.Delete _, Action.Verify _ -> action;
        };
        return taken;
    }

    private Step without(Step step, FieldPath field) {
        return new Step(step.operators().stream()
                .map(operator -> without(operator, field))
                .filter(Objects::nonNull)
                .toList());
    }

    private @Nullable Operator without(Operator operator, FieldPath field) {
        if (operator.paths().stream().anyMatch(field::contains)) {
            taken.add(operator.path());
            return null;
        }
        if (operator.paths().stream().noneMatch(path -> path.contains(field))) {
            return operator;
        }
        return switch (operator) {
            case Operator.Set(var path, MapValue map) ->
                without(operator, map, field, left -> new Operator.Set(path, left));
            case Operator.SetOnCreate(var path, MapValue map) ->
                without(operator, map, field, left -> new Operator.SetOnCreate(path, left));
            case Operator.Merge(var path, var map) ->
                without(operator, map, field, left -> new Operator.Merge(path, left));
            case Operator.MergeDeep(var path, var map) ->
                without(operator, map, field, left -> new Operator.MergeDeep(path, left));
            default -> {
                taken.add(operator.path());
                yield null;
            }
        };
    }

    private @Nullable Operator without(
            Operator operator, MapValue operand, FieldPath field, Function<MapValue, Operator> with) {
        List<FieldPath.Segment> inside = field.segments()
                .subList(operator.path().segments().size(), field.segments().size());
        MapValue left = without(operand, field, inside);
        if (left == operand) {
            return operator;
        }
        return left.isEmpty() ? null : with.apply(left);
    }

    private MapValue without(MapValue whole, FieldPath field) {
        return without(whole, field, field.segments());
    }

    private MapValue without(MapValue map, FieldPath field, List<FieldPath.Segment> rest) {
        String name = ((FieldPath.Key) rest.getFirst()).name();
        Value member = map.get(name);
        if (member == null) {
            return map;
        }
        if (rest.size() == 1 || !(member instanceof MapValue inner)) {
            taken.add(field);
            return map.without(name);
        }
        MapValue left = without(inner, field, rest.subList(1, rest.size()));
        if (left == inner) {
            return map;
        }
        return left.isEmpty() ? map.without(name) : map.with(name, left);
    }
}
