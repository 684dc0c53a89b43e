package io.tributary.write;

import io.tributary.name.FieldPath;
import java.util.Comparator;
import java.util.List;

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
        List<FieldPath> paths = operators.stream()
                .flatMap(operator -> operator.paths().stream())
                .sorted(Comparator.comparing(FieldPath::toString))
                .toList();
        for (int i = 0; i < paths.size(); i++) {
            for (int j = 0; j < paths.size(); j++) {
                if (i != j && paths.get(i).contains(paths.get(j))) {
                    throw new ConflictingPathsException(paths.get(i), paths.get(j));
                }
            }
        }
    }
}
