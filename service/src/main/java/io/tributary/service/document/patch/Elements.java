package io.tributary.service.document.patch;

import io.tributary.service.document.filter.EqualValues;
import io.tributary.service.document.filter.Filters;
import io.tributary.service.document.filter.Ordering;
import io.tributary.service.document.filter.Subjects;
import io.tributary.value.Value;
import io.tributary.value.ValueOrder;
import io.tributary.write.Filter;
import io.tributary.write.Operator;
import io.tributary.write.Sort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Changes of an array's elements. None changes its argument. */
final class Elements {

    private Elements() {}

    /** Inserts, then sorts, then cuts. */
    static List<Value> append(List<Value> elements, Operator.Append append) {
        int at = append.at() == null ? elements.size() : position(append.at(), elements.size());
        List<Value> longer = insert(elements, at, append.values());
        if (append.sort() != null) {
            longer.sort(order(append.sort()));
        }
        return append.keep() == null ? longer : keep(longer, append.keep());
    }

    static List<Value> insert(List<Value> elements, int at, List<Value> values) {
        var longer = new ArrayList<Value>(elements.size() + values.size());
        longer.addAll(elements.subList(0, at));
        longer.addAll(values);
        longer.addAll(elements.subList(at, elements.size()));
        return longer;
    }

    static List<Value> appendUnique(List<Value> elements, List<Value> values) {
        var missing = EqualValues.of(values);
        elements.forEach(missing::remove);
        var longer = new ArrayList<>(elements);
        values.stream().filter(missing::remove).forEach(longer::add);
        return longer;
    }

    static List<Value> remove(List<Value> elements, List<Value> values) {
        var unwanted = EqualValues.of(values);
        return elements.stream().filter(element -> !unwanted.contains(element)).toList();
    }

    static List<Value> removeWhere(List<Value> elements, Filter filter) {
        return elements.stream()
                .filter(element -> !Filters.matchesElement(filter, element))
                .toList();
    }

    /** Counts a negative index from the end; what lies outside is the nearer end. */
    private static int position(int at, int size) {
        return Math.clamp(at < 0 ? (long) size + at : at, 0, size);
    }

    private static Comparator<Value> order(Sort sort) {
        return switch (sort) {
            case Sort.ByElement(boolean descending) ->
                descending ? ValueOrder.COMPARATOR.reversed() : ValueOrder.COMPARATOR;
            case Sort.ByFields(var keys) -> Comparator.comparing(Subjects::ofElement, Ordering.by(keys));
        };
    }

    private static List<Value> keep(List<Value> elements, int keep) {
        int size = elements.size();
        return keep >= 0
                ? elements.subList(0, Math.min(keep, size))
                : elements.subList(Math.clamp((long) size + keep, 0, size), size);
    }
}
