package io.tributary.value;

import io.tributary.name.CodePoints;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The total order over all values, and the equality that follows from it: null &lt; false &lt; true &lt; numbers &lt;
 * timestamp &lt; string &lt; bytes &lt; reference &lt; geopoint &lt; array &lt; vector &lt; map.
 *
 * <p>Integers and doubles compare by their exact values, NaN before all other numbers, {@code 0.0} and {@code -0.0} as one.
 */
public final class ValueOrder {

    /** Compares any two values. Consistent with {@link #equal}, not with {@link Object#equals}. */
    public static final Comparator<Value> COMPARATOR = ValueOrder::compare;

    private ValueOrder() {}

    /** Whether two values are <em>equal</em> for filters and array operators: {@code 1 = 1.0}, {@code NaN = NaN}. */
    public static boolean equal(Value a, Value b) {
        return a == b || compare(a, b) == 0;
    }

    /** Whether both are of one type, all numbers taken as one. */
    public static boolean comparable(Value a, Value b) {
        return rank(a) == rank(b);
    }

    private static int compare(Value a, Value b) {
        if (rank(a) != rank(b)) {
            return Integer.compare(rank(a), rank(b));
        }
        if (a instanceof NumberValue x && b instanceof NumberValue y) {
            return compareNumbers(x, y);
        } else if (a instanceof StringValue x && b instanceof StringValue y) {
            return CodePoints.compare(x.value(), y.value());
        } else if (a instanceof BooleanValue x && b instanceof BooleanValue y) {
            return Boolean.compare(x.value(), y.value());
        } else if (a instanceof TimestampValue x && b instanceof TimestampValue y) {
            return x.value().compareTo(y.value());
        } else if (a instanceof BytesValue x && b instanceof BytesValue y) {
            return x.compareUnsigned(y);
        } else if (a instanceof ReferenceValue x && b instanceof ReferenceValue y) {
            return x.document().compareTo(y.document());
        } else if (a instanceof GeopointValue x && b instanceof GeopointValue y) {
            int byLatitude = compareDoubles(x.latitude(), y.latitude());
            return byLatitude != 0 ? byLatitude : compareDoubles(x.longitude(), y.longitude());
        } else if (a instanceof ArrayValue x && b instanceof ArrayValue y) {
            return compareArrays(x.elements(), y.elements());
        } else if (a instanceof VectorValue x && b instanceof VectorValue y) {
            return compareVectors(x, y);
        } else if (a instanceof MapValue x && b instanceof MapValue y) {
            return compareMaps(x, y);
        }
        return 0;
    }

    private static int rank(Value value) {
        return value.type() == ValueType.DOUBLE
                ? ValueType.INTEGER.ordinal()
                : value.type().ordinal();
    }

    private static int compareNumbers(NumberValue a, NumberValue b) {
        if (a instanceof IntegerValue x && b instanceof IntegerValue y) {
            return Long.compare(x.value(), y.value());
        } else if (a instanceof DoubleValue x && b instanceof DoubleValue y) {
            return compareDoubles(x.value(), y.value());
        } else if (a instanceof IntegerValue x && b instanceof DoubleValue y) {
            return compareMixed(x.value(), y.value());
        }
        return -compareNumbers(b, a);
    }

    private static int compareDoubles(double a, double b) {
        if (Double.isNaN(a) || Double.isNaN(b)) {
            return Boolean.compare(Double.isNaN(b), Double.isNaN(a));
        }
        return a < b ? -1 : a > b ? 1 : 0;
    }

    private static int compareMixed(long integer, double real) {
        if (Double.isNaN(real)) {
            return 1;
        } else if (Double.isInfinite(real)) {
            return real > 0 ? -1 : 1;
        }
        return BigDecimal.valueOf(integer).compareTo(new BigDecimal(real));
    }

    private static int compareArrays(List<Value> a, List<Value> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int byElement = compare(a.get(i), b.get(i));
            if (byElement != 0) {
                return byElement;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    private static int compareVectors(VectorValue a, VectorValue b) {
        if (a.dimensions() != b.dimensions()) {
            return Integer.compare(a.dimensions(), b.dimensions());
        }
        for (int i = 0; i < a.dimensions(); i++) {
            int byElement = compareDoubles(a.get(i), b.get(i));
            if (byElement != 0) {
                return byElement;
            }
        }
        return 0;
    }

    private static int compareMaps(MapValue a, MapValue b) {
        Iterator<Map.Entry<String, Value>> mine = sorted(a);
        Iterator<Map.Entry<String, Value>> theirs = sorted(b);
        while (mine.hasNext() && theirs.hasNext()) {
            var x = mine.next();
            var y = theirs.next();
            int byKey = CodePoints.compare(x.getKey(), y.getKey());
            int byMember = byKey != 0 ? byKey : compare(x.getValue(), y.getValue());
            if (byMember != 0) {
                return byMember;
            }
        }
        return Boolean.compare(mine.hasNext(), theirs.hasNext());
    }

    private static Iterator<Map.Entry<String, Value>> sorted(MapValue map) {
        return map.members().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(CodePoints::compare))
                .iterator();
    }
}
