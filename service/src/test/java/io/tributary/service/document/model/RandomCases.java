package io.tributary.service.document.model;

import com.google.re2j.Pattern;
import io.tributary.name.FieldPath;
import io.tributary.service.document.Json;
import io.tributary.value.ArrayValue;
import io.tributary.value.MapValue;
import io.tributary.value.NumberValue;
import io.tributary.value.Value;
import io.tributary.value.ValueType;
import io.tributary.write.Action;
import io.tributary.write.ConflictingPathsException;
import io.tributary.write.Filter;
import io.tributary.write.Operator;
import io.tributary.write.Sort;
import io.tributary.write.SortKey;
import io.tributary.write.Step;
import io.tributary.write.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Random values, updates and filters over few names and telling values, so that they meet often. */
final class RandomCases {

    private static final List<String> NAMES = List.of("a", "b", "c", "d.e");

    private static final List<NumberValue> NUMBERS = Stream.of(
                    "0",
                    "1",
                    "2",
                    "-1",
                    "7",
                    "0.0",
                    "-0.0",
                    "1.0",
                    "2.5",
                    "1e308",
                    "-9223372036854775808",
                    "9223372036854775807",
                    "9007199254740993",
                    "9007199254740992.0",
                    "{\"@double\": \"NaN\"}",
                    "{\"@double\": \"Infinity\"}",
                    "{\"@double\": \"-Infinity\"}")
            .map(Json::value)
            .map(NumberValue.class::cast)
            .toList();

    private static final List<Value> OTHERS = Stream.of(
                    "null",
                    "true",
                    "false",
                    "\"\"",
                    "\"tree\"",
                    "\"trunk\"",
                    "{\"@bytes\": \"AAE=\"}",
                    "{\"@timestamp\": \"2026-11-21T08:00:00Z\"}",
                    "{\"@reference\": \"c/__id7__\"}",
                    "{\"@geopoint\": {\"latitude\": 1, \"longitude\": 2}}",
                    "{\"@vector\": [1.0, 2.0]}")
            .map(Json::value)
            .toList();

    private final Random random;

    RandomCases(long seed) {
        this.random = new Random(seed);
    }

    int upTo(int bound) {
        return random.nextInt(bound + 1);
    }

    <T> T oneOf(List<? extends T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    MapValue map(int depth) {
        var members = new HashMap<String, Value>();
        for (int i = upTo(3); i > 0; i--) {
            members.put(oneOf(NAMES), value(depth - 1));
        }
        return MapValue.of(members);
    }

    Value value(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0, 1, 2 -> oneOf(NUMBERS);
            case 3, 4 -> oneOf(OTHERS);
            case 5 -> map(depth);
            default -> new ArrayValue(values(depth - 1));
        };
    }

    private List<Value> values(int depth) {
        return some(3, () -> value(depth));
    }

    private <T> List<T> some(int atMost, Supplier<T> one) {
        return IntStream.range(0, upTo(atMost)).mapToObj(_ -> one.get()).toList();
    }

    private FieldPath path() {
        return FieldPath.ofKeys(
                IntStream.rangeClosed(0, upTo(2)).mapToObj(_ -> oneOf(NAMES)).toArray(String[]::new));
    }

    Action.Update update() {
        return new Action.Update(
                IntStream.rangeClosed(0, upTo(2)).mapToObj(_ -> step()).toList(), random.nextBoolean());
    }

    private Step step() {
        try {
            return new Step(some(3, this::operator));
        } catch (ConflictingPathsException again) {
            return step();
        }
    }

    private Operator operator() {
        FieldPath path = path();
        return switch (random.nextInt(18)) {
            case 0 -> new Operator.Set(path, value(2));
            case 1 -> new Operator.Unset(path);
            case 2 -> new Operator.Merge(path, map(2));
            case 3 -> new Operator.MergeDeep(path, map(3));
            case 4 -> rename(path);
            case 5 -> new Operator.SetOnCreate(path, value(1));
            case 6 -> new Operator.Increment(path, oneOf(NUMBERS));
            case 7 -> new Operator.Multiply(path, oneOf(NUMBERS));
            case 8 -> new Operator.Min(path, value(1));
            case 9 -> new Operator.Max(path, value(1));
            case 10 -> new Operator.ServerTimestamp(path);
            case 11 -> new Operator.Append(path, values(1), perhaps(4), sort(), perhaps(3));
            case 12 -> new Operator.Prepend(path, values(1));
            case 13 -> new Operator.AppendUnique(path, values(1));
            case 14 -> new Operator.Remove(path, values(1));
            case 15 -> new Operator.RemoveWhere(path, elementFilter(2));
            case 16 -> new Operator.Pop(path);
            default -> new Operator.Shift(path);
        };
    }

    private Operator rename(FieldPath path) {
        FieldPath target = path();
        return path.contains(target) || target.contains(path) ? rename(path()) : new Operator.Rename(path, target);
    }

    private @Nullable Integer perhaps(int bound) {
        return random.nextBoolean() ? null : (Integer) random.nextInt(-bound, bound + 1);
    }

    private @Nullable Sort sort() {
        return switch (random.nextInt(4)) {
            case 0 -> new Sort.ByElement(random.nextBoolean());
            case 1 ->
                new Sort.ByFields(List.of(
                        new SortKey(new Subject.Field(path()), random.nextBoolean()),
                        new SortKey(new Subject.Field(path()), random.nextBoolean())));
            default -> null;
        };
    }

    Filter filter(int depth) {
        return filter(depth, () -> new Subject.Field(path()));
    }

    private Filter elementFilter(int depth) {
        return random.nextBoolean() ? filter(depth) : filter(depth, Subject.Element::new);
    }

    private Filter filter(int depth, Supplier<Subject> subject) {
        return switch (depth == 0 ? 9 : random.nextInt(10)) {
            case 0 -> new Filter.And(some(3, () -> filter(depth - 1, subject)));
            case 1 -> new Filter.Or(some(3, () -> filter(depth - 1, subject)));
            case 2, 3 -> new Filter.Not(filter(depth - 1, subject));
            default -> new Filter.Is(subject.get(), test(depth));
        };
    }

    private Filter.Test test(int depth) {
        return switch (random.nextInt(14)) {
            case 0 -> new Filter.Eq(value(1));
            case 1 -> new Filter.In(values(1));
            case 2, 3, 4 -> new Filter.Compare(oneOf(List.of(Filter.Comparison.values())), value(1));
            case 5 -> new Filter.Exists(random.nextBoolean());
            case 6 -> new Filter.Contains(value(0));
            case 7 -> new Filter.ContainsAny(values(0));
            case 8 -> new Filter.ContainsAll(values(0));
            case 9 -> new Filter.Size(upTo(3));
            case 10 ->
                random.nextBoolean() ? new Filter.StartsWith("tr") : new Filter.Matches(Pattern.compile("^t|e$"));
            case 11 -> new Filter.Mod(oneOf(List.of(1L, 2L, -3L)), oneOf(List.of(0L, 1L, -1L)));
            case 12 -> new Filter.HasType(oneOf(List.of(ValueType.values())));
            default -> depth == 0 ? new Filter.Exists(true) : new Filter.ElemMatch(elementFilter(depth - 1));
        };
    }
}
