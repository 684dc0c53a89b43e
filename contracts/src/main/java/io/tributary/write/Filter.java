package io.tributary.write;

import com.google.re2j.Pattern;
import io.tributary.value.Value;
import io.tributary.value.ValueType;
import java.util.List;
import java.util.Locale;

/**
 * A condition over a document. Means the same wherever filters are taken.
 *
 * <p>Every test of a path that leads nowhere is false, except {@link Exists} of false and the negations.
 */
public sealed interface Filter {

    /** Holds always. */
    Filter ALWAYS = new And(List.of());

    /** All hold; none at all holds too. */
    record And(List<Filter> filters) implements Filter {
        public And {
            filters = List.copyOf(filters);
        }
    }

    /** At least one holds. */
    record Or(List<Filter> filters) implements Filter {
        public Or {
            filters = List.copyOf(filters);
        }
    }

    /** The exact opposite of what it encloses. */
    record Not(Filter filter) implements Filter {}

    /** A test of one subject. */
    record Is(Subject subject, Test test) implements Filter {}

    /** What is asked of a subject. {@code ne} and {@code notIn} are {@link Not} around {@link Eq} and {@link In}. */
    sealed interface Test {

        /** The name on the wire, {@code startsWith}. */
        String name();
    }

    /** How a subject compares with {@code operand}; only values of one type do, all numbers taken as one. */
    record Compare(Comparison comparison, Value operand) implements Test {
        @Override
        public String name() {
            return comparison.name().toLowerCase(Locale.ROOT);
        }
    }

    /** The comparisons that need an order. */
    enum Comparison {
        GT,
        GTE,
        LT,
        LTE
    }

    record Eq(Value operand) implements Test {
        @Override
        public String name() {
            return "eq";
        }
    }

    record In(List<Value> operands) implements Test {
        public In {
            operands = List.copyOf(operands);
        }

        @Override
        public String name() {
            return "in";
        }
    }

    record Exists(boolean expected) implements Test {
        @Override
        public String name() {
            return "exists";
        }
    }

    /** An array with an element that equals the operand. */
    record Contains(Value operand) implements Test {
        @Override
        public String name() {
            return "contains";
        }
    }

    record ContainsAny(List<Value> operands) implements Test {
        public ContainsAny {
            operands = List.copyOf(operands);
        }

        @Override
        public String name() {
            return "containsAny";
        }
    }

    record ContainsAll(List<Value> operands) implements Test {
        public ContainsAll {
            operands = List.copyOf(operands);
        }

        @Override
        public String name() {
            return "containsAll";
        }
    }

    /** An array of so many elements. */
    record Size(int expected) implements Test {
        @Override
        public String name() {
            return "size";
        }
    }

    record StartsWith(String prefix) implements Test {
        @Override
        public String name() {
            return "startsWith";
        }
    }

    /** A string in which the RE2 pattern is found anywhere. */
    record Matches(Pattern pattern) implements Test {
        @Override
        public String name() {
            return "matches";
        }
    }

    /**
     * A number whose remainder is {@code remainder}.
     *
     * @param divisor not 0
     */
    record Mod(long divisor, long remainder) implements Test {
        @Override
        public String name() {
            return "mod";
        }
    }

    record HasType(ValueType type) implements Test {
        @Override
        public String name() {
            return "type";
        }
    }

    /**
     * An array with an element that the filter matches. Inside it a {@link Subject.Element} is the element itself and a
     * {@link Subject.Field} a field of an element that is a map.
     */
    record ElemMatch(Filter filter) implements Test {
        @Override
        public String name() {
            return "elemMatch";
        }
    }
}
