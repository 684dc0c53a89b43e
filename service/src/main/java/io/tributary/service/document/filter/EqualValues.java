package io.tributary.service.document.filter;

import io.tributary.value.Value;
import io.tributary.value.ValueOrder;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Sets in which {@link ValueOrder#equal equal} values are one: {@code 1} and {@code 1.0}. */
public final class EqualValues {

    private EqualValues() {}

    /** A new, modifiable set of {@code values}; asking it costs a logarithm of their number. */
    public static Set<Value> of(Collection<Value> values) {
        var set = new TreeSet<>(ValueOrder.COMPARATOR);
        set.addAll(values);
        return set;
    }
}
