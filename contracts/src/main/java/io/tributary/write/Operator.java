package io.tributary.write;

import io.tributary.name.FieldPath;
import io.tributary.value.MapValue;
import io.tributary.value.NumberValue;
import io.tributary.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One change of one field. What each does to a missing field, and which types it works on, stands in the operators' table
 * of the interface's documentation.
 */
public sealed interface Operator {

    /** The field that is changed. */
    FieldPath path();

    /** The name on the wire, {@code appendUnique}. */
    String name();

    /** All paths that this operator changes: {@link #path()}, for a rename its target too. */
    default List<FieldPath> paths() {
        return List.of(path());
    }

    record Set(FieldPath path, Value value) implements Operator {
        @Override
        public String name() {
            return "set";
        }
    }

    record Unset(FieldPath path) implements Operator {
        @Override
        public String name() {
            return "unset";
        }
    }

    /** Sets the members of a map, one level deep. */
    record Merge(FieldPath path, MapValue members) implements Operator {
        @Override
        public String name() {
            return "merge";
        }
    }

    /** Sets the members of a map, and of the maps in it. */
    record MergeDeep(FieldPath path, MapValue members) implements Operator {
        @Override
        public String name() {
            return "mergeDeep";
        }
    }

    /** Moves a field. */
    record Rename(FieldPath path, FieldPath target) implements Operator {

        /** @throws IllegalArgumentException when one path lies inside the other */
        public Rename {
            if (path.contains(target) || target.contains(path)) {
                throw new IllegalArgumentException(
                        "cannot rename " + path + " to " + target + ": neither may lie inside the other");
            }
        }

        @Override
        public String name() {
            return "rename";
        }

        @Override
        public List<FieldPath> paths() {
            return List.of(path, target);
        }
    }

    /** Sets a field only when the write creates the document. */
    record SetOnCreate(FieldPath path, Value value) implements Operator {
        @Override
        public String name() {
            return "setOnCreate";
        }
    }

    record Increment(FieldPath path, NumberValue by) implements Operator {
        @Override
        public String name() {
            return "increment";
        }
    }

    record Multiply(FieldPath path, NumberValue by) implements Operator {
        @Override
        public String name() {
            return "multiply";
        }
    }

    record Min(FieldPath path, Value value) implements Operator {
        @Override
        public String name() {
            return "min";
        }
    }

    record Max(FieldPath path, Value value) implements Operator {
        @Override
        public String name() {
            return "max";
        }
    }

    /**
     * Sets a field to the value of an expression.
     *
     * @param expression in the Common Expression Language, over {@code doc}, {@code now} and {@code id}
     */
    record Compute(FieldPath path, String expression) implements Operator {
        @Override
        public String name() {
            return "compute";
        }
    }

    /** Sets a field to the commit's time. */
    record ServerTimestamp(FieldPath path) implements Operator {
        @Override
        public String name() {
            return "serverTimestamp";
        }
    }

    /**
     * Inserts into an array, then sorts it, then cuts it.
     *
     * @param values what to insert
     * @param at where: an index, negative from the end, null for the end
     * @param sort the order afterwards, null to leave it
     * @param keep how many to keep afterwards: the first n, 0 for none, negative for the last n, null for all
     */
    record Append(
            FieldPath path,
            List<Value> values,
            @Nullable Integer at,
            @Nullable Sort sort,
            @Nullable Integer keep) implements Operator {

        public Append {
            values = List.copyOf(values);
        }

        /** Inserts at the end, no more. */
        public static Append of(FieldPath path, Value... values) {
            return new Append(path, List.of(values), null, null, null);
        }

        @Override
        public String name() {
            return "append";
        }
    }

    /** Inserts at the beginning of an array, keeping the order of {@code values}. */
    record Prepend(FieldPath path, List<Value> values) implements Operator {

        public Prepend {
            values = List.copyOf(values);
        }

        @Override
        public String name() {
            return "prepend";
        }
    }

    /** Appends those values that the array does not hold yet. */
    record AppendUnique(FieldPath path, List<Value> values) implements Operator {

        public AppendUnique {
            values = List.copyOf(values);
        }

        @Override
        public String name() {
            return "appendUnique";
        }
    }

    /** Removes every element that equals one of the values. */
    record Remove(FieldPath path, List<Value> values) implements Operator {

        public Remove {
            values = List.copyOf(values);
        }

        @Override
        public String name() {
            return "remove";
        }
    }

    /** Removes every element that the filter matches; see {@link Filter.ElemMatch} for what it speaks about. */
    record RemoveWhere(FieldPath path, Filter filter) implements Operator {
        @Override
        public String name() {
            return "removeWhere";
        }
    }

    /** Removes the last element of an array. */
    record Pop(FieldPath path) implements Operator {
        @Override
        public String name() {
            return "pop";
        }
    }

    /** Removes the first element of an array. */
    record Shift(FieldPath path) implements Operator {
        @Override
        public String name() {
            return "shift";
        }
    }
}
