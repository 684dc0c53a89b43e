package io.tributary.json;

import org.jspecify.annotations.Nullable;

/** Which expressions a reader takes. Thread-safe. */
@FunctionalInterface
public interface ExpressionRule {

    /** Takes all: whoever evaluates them will judge. */
    ExpressionRule ALL = expression -> null;

    /** What is wrong with an expression, beginning with the place, {@code line:column}; null when nothing is. */
    @Nullable
    String fault(String expression);
}
