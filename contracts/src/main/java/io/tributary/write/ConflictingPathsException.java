package io.tributary.write;

import io.tributary.name.FieldPath;
import java.util.List;
import java.util.TreeMap;

/** Two operators of one step address the same path, or a path and its ancestor. */
public final class ConflictingPathsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient FieldPath first;
    private final transient FieldPath second;

    private ConflictingPathsException(FieldPath first, FieldPath second) {
        super(
                first.equals(second)
                        ? "two operators address " + first
                        : "one operator addresses " + first + ", another " + second + " inside it");
        this.first = first;
        this.second = second;
    }

    /** The outer path. */
    public FieldPath first() {
        return first;
    }

    /** The same path, or one inside it. */
    public FieldPath second() {
        return second;
    }

    static void check(List<Operator> operators) {
        if (operators.size() == 1 && operators.get(0).paths().size() == 1) {
            return;
        }
        var paths = new TreeMap<String, FieldPath>();
        for (Operator operator : operators) {
            for (FieldPath path : operator.paths()) {
                if (paths.put(path.toString(), path) != null) {
                    throw new ConflictingPathsException(path, path);
                }
            }
        }
        FieldPath previous = null;
        // No dotted form sorts between a path and those inside it: a conflict shows between neighbours.
        for (FieldPath path : paths.values()) {
            if (previous != null && previous.contains(path)) {
                throw new ConflictingPathsException(previous, path);
            }
            previous = path;
        }
    }
}
