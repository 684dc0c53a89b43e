package io.tributary.write;

import java.util.List;

/**
 * Operators that apply together. Their paths do not overlap, so their order means nothing.
 *
 * @param operators possibly none
 */
public record Step(List<Operator> operators) {

    /**
     * @throws ConflictingPathsException when two operators address one path, or a path and its ancestor
     */
    public Step {
        operators = List.copyOf(operators);
        ConflictingPathsException.check(operators);
    }

    /** A step of the given operators. */
    public static Step of(Operator... operators) {
        return new Step(List.of(operators));
    }
}
