package io.tributary.service.document.model;

import io.tributary.change.ProblemType;
import io.tributary.name.FieldPath;
import io.tributary.value.MapValue;
import io.tributary.value.TimestampValue;
import io.tributary.value.Value;
import io.tributary.write.Action;
import io.tributary.write.Operator;
import io.tributary.write.Sort;
import io.tributary.write.SortKey;
import io.tributary.write.Step;
import io.tributary.write.Subject;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Applies updates to plain maps, one operator after the other, in place. */
final class Model {

    /** Why an update is refused. */
    static final class Refusal extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final ProblemType type;

        Refusal(ProblemType type) {
            this.type = type;
        }

        ProblemType type() {
            return type;
        }
    }

    private final Map<String, Object> root;
    private final Instant time;
    private final boolean creates;

    private Model(MapValue data, Instant time, boolean creates) {
        this.root = Tree.ofMap(data);
        this.time = time;
        this.creates = creates;
    }

    /** The data after all steps. */
    static Value apply(Action.Update update, MapValue data, Instant time, boolean creates) {
        var model = new Model(data, time, creates);
        for (Step step : update.steps()) {
            step.operators().forEach(model::apply);
        }
        return Tree.value(model.root);
    }

    private void apply(Operator operator) {
        FieldPath path = operator.path();
        Object stored = get(path);
        switch (operator) {
            case Operator.Set set -> put(path, Tree.of(set.value()));
            case Operator.Unset _ -> remove(path);
            case Operator.SetOnCreate set -> {
                if (creates) {
                    put(path, Tree.of(set.value()));
                }
            }
            case Operator.Compute _ -> throw new IllegalArgumentException("expressions have no model");
            case Operator.ServerTimestamp _ -> put(path, new TimestampValue(time));
            case Operator.Rename rename -> {
                if (stored != null) {
                    remove(path);
                    put(rename.target(), stored);
                }
            }
            case Operator.Increment increment ->
                put(path, stored == null ? Tree.of(increment.by()) : calculate(stored, Tree.of(increment.by()), true));
            case Operator.Multiply multiply -> {
                Object by = Tree.of(multiply.by());
                Object zero = by instanceof Long ? (Object) 0L : (Object) 0.0;
                put(path, stored == null ? zero : calculate(stored, by, false));
            }
            case Operator.Min min -> {
                if (stored == null || Tree.compare(Tree.of(min.value()), stored) < 0) {
                    put(path, Tree.of(min.value()));
                }
            }
            case Operator.Max max -> {
                if (stored == null || Tree.compare(Tree.of(max.value()), stored) > 0) {
                    put(path, Tree.of(max.value()));
                }
            }
            case Operator.Merge merge -> map(path).putAll(Tree.ofMap(merge.members()));
            case Operator.MergeDeep merge -> mergeDeep(map(path), Tree.ofMap(merge.members()));
            case Operator.Append append -> append(list(path), append);
            case Operator.Prepend prepend -> list(path).addAll(0, trees(prepend.values()));
            case Operator.AppendUnique append -> {
                List<Object> list = list(path);
                for (Object value : trees(append.values())) {
                    if (list.stream().noneMatch(element -> Tree.equal(element, value))) {
                        list.add(value);
                    }
                }
            }
            case Operator.Remove remove -> {
                if (stored != null) {
                    list(path)
                            .removeIf(element ->
                                    trees(remove.values()).stream().anyMatch(value -> Tree.equal(element, value)));
                }
            }
            case Operator.RemoveWhere remove -> {
                if (stored != null) {
                    list(path).removeIf(element -> ModelFilter.matchesElement(remove.filter(), element));
                }
            }
            case Operator.Pop _ -> {
                if (stored != null && !list(path).isEmpty()) {
                    list(path).removeLast();
                }
            }
            case Operator.Shift _ -> {
                if (stored != null && !list(path).isEmpty()) {
                    list(path).removeFirst();
                }
            }
        }
    }

    private static Object calculate(Object stored, Object operand, boolean add) {
        if (stored instanceof Long a && operand instanceof Long b) {
            BigInteger x = BigInteger.valueOf(a);
            BigInteger y = BigInteger.valueOf(b);
            BigInteger result = add ? x.add(y) : x.multiply(y);
            if (result.bitLength() > 63) {
                throw new Refusal(ProblemType.OVERFLOW);
            }
            return result.longValue();
        }
        if (stored instanceof Number a && operand instanceof Number b) {
            return add ? a.doubleValue() + b.doubleValue() : a.doubleValue() * b.doubleValue();
        }
        throw new Refusal(ProblemType.TYPE_MISMATCH);
    }

    private static void append(List<Object> list, Operator.Append append) {
        Integer at = append.at();
        int position = at == null || at > list.size() ? list.size() : at;
        list.addAll(position < 0 ? Math.max(0, list.size() + position) : position, trees(append.values()));
        switch (append.sort()) {
            case null -> {}
            case Sort.ByElement(boolean descending) ->
                list.sort((a, b) -> descending ? Tree.compare(b, a) : Tree.compare(a, b));
            case Sort.ByFields(var keys) -> list.sort((a, b) -> compare(keys, a, b));
        }
        Integer keep = append.keep();
        while (keep != null && list.size() > Math.abs((long) keep)) {
            list.remove(keep < 0 ? 0 : list.size() - 1);
        }
    }

    private static int compare(List<SortKey> keys, Object a, Object b) {
        for (SortKey key : keys) {
            Object x = get(a, ((Subject.Field) key.subject()).path());
            Object y = get(b, ((Subject.Field) key.subject()).path());
            int order = x == null || y == null ? Boolean.compare(x != null, y != null) : Tree.compare(x, y);
            if (order != 0) {
                return key.descending() ? -order : order;
            }
        }
        return 0;
    }

    private static void mergeDeep(Map<String, Object> target, Map<String, Object> members) {
        members.forEach((name, member) -> {
            if (target.get(name) instanceof Map<?, ?> there && member instanceof Map<?, ?> map) {
                mergeDeep(Tree.asMap(there), Tree.asMap(map));
            } else {
                target.put(name, member);
            }
        });
    }

    private Map<String, Object> map(FieldPath path) {
        if (get(path) == null) {
            put(path, new HashMap<String, Object>());
        }
        if (get(path) instanceof Map<?, ?> map) {
            return Tree.asMap(map);
        }
        throw new Refusal(ProblemType.TYPE_MISMATCH);
    }

    private List<Object> list(FieldPath path) {
        if (get(path) == null) {
            put(path, new ArrayList<>());
        }
        if (get(path) instanceof List<?> list) {
            return Tree.asList(list);
        }
        throw new Refusal(ProblemType.TYPE_MISMATCH);
    }

    private static List<Object> trees(List<Value> values) {
        return values.stream().map(Tree::of).toList();
    }

    private @Nullable Object get(FieldPath path) {
        return get(root, path);
    }

    static @Nullable Object get(Object tree, FieldPath path) {
        Object at = tree;
        for (String name : names(path)) {
            at = at instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return at;
    }

    private void put(FieldPath path, Object value) {
        List<String> names = names(path);
        Map<String, Object> parent = root;
        for (String name : names.subList(0, names.size() - 1)) {
            if (parent.computeIfAbsent(name, _ -> new HashMap<String, Object>()) instanceof Map<?, ?> map) {
                parent = Tree.asMap(map);
            } else {
                throw new Refusal(ProblemType.TYPE_MISMATCH);
            }
        }
        parent.put(names.getLast(), value);
    }

    private void remove(FieldPath path) {
        List<String> names = names(path);
        Object parent = names.size() == 1
                ? root
                : get(FieldPath.ofKeys(names.subList(0, names.size() - 1).toArray(String[]::new)));
        if (parent instanceof Map<?, ?> map) {
            map.remove(names.getLast());
        }
    }

    private static List<String> names(FieldPath path) {
        return path.segments().stream()
                .map(segment -> ((FieldPath.Key) segment).name())
                .toList();
    }
}
