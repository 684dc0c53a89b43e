package io.tributary.service.document;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.service.document.filter.Filters;
import io.tributary.write.Condition;
import org.jspecify.annotations.Nullable;

/** Judges the conditions of writes. A missing document has version 0, no time and no fields. */
final class Conditions {

    private Conditions() {}

    /** Why {@code condition} does not hold for {@code state}, null when it does. */
    static @Nullable Problem unmet(Condition condition, DocumentState state) {
        if (condition.exists() != null && condition.exists() != state.exists()) {
            return failed(state, state.exists() ? "the document exists" : "the document does not exist");
        }
        if (condition.version() != null && condition.version() != state.visibleVersion()) {
            return failed(state, "the document has another version");
        }
        if (condition.time() != null && !condition.time().equals(current(state).time())) {
            return failed(state, "the document was changed at another time");
        }
        if (condition.where() != null && !Filters.matches(condition.where(), new DocumentSubjects(state))) {
            return failed(state, "the document does not match the filter");
        }
        return null;
    }

    static Problem.Current current(DocumentState state) {
        var lifetime = state.lifetime();
        return new Problem.Current(
                state.visibleVersion(), lifetime == null || !state.exists() ? null : lifetime.time());
    }

    private static Problem failed(DocumentState state, String detail) {
        return Problem.of(ProblemType.CONDITION_FAILED, detail).withCurrent(current(state));
    }
}
