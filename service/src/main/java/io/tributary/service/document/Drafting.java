package io.tributary.service.document;

import io.tributary.change.Outcome;
import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.service.document.patch.Dialect;
import io.tributary.service.document.patch.JsonPatches;
import io.tributary.service.document.patch.Merges;
import io.tributary.service.document.patch.Occasion;
import io.tributary.service.document.patch.Operators;
import io.tributary.service.document.patch.Patched;
import io.tributary.value.MapValue;
import io.tributary.write.Action;
import io.tributary.write.Operator;
import io.tributary.write.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Applies actions to a document's data.
 *
 * @param before the data, empty for a document that is not there
 * @param limits what the steps before the last keep within, so that no step works on what is too large to be looked at
 * @param skips whether operators that cannot be applied are left out
 */
record Drafting(MapValue before, Occasion occasion, DocumentLimits limits, boolean skips) {

    /**
     * What {@code action} makes of the data.
     *
     * @throws IllegalArgumentException when it makes no data, as a deletion
     */
    Draft draft(Action action) {
        return switch (action) {
            case Action.Update update -> new Steps(update.steps()).draft();
            case Action.MergePatch merge -> new Draft.Data(Merges.patch(before, merge.patch()));
            case Action.JsonPatch patch ->
                switch (JsonPatches.apply(patch.operations(), before, limits::admit)) {
                    case Patched.Data(var data) -> new Draft.Data(data);
                    case Patched.Refused(var problems) -> new Draft.Refused(problems);
                };
            case Action.Create(var data) -> new Draft.Data(data);
            case Action.Replace(var data) -> new Draft.Data(data);
            case Action.Delete _, Action.Verify _ -> throw new IllegalArgumentException(action + " makes no data");
        };
    }

    /** Whether a document that is there already stays as it is. */
    boolean leaves(MapValue data) {
        return !occasion.creates() && data.equals(before);
    }

    /** The steps of one update, on their way. */
    private final class Steps {

        private final List<Step> steps;
        private final boolean several;
        private final List<Outcome.Effect> effects = new ArrayList<>();
        private final List<Outcome.Skipped> skipped = new ArrayList<>();
        private MapValue data = before;
        private int applied;

        Steps(List<Step> steps) {
            this.steps = steps;
            this.several = steps.size() > 1;
        }

        Draft draft() {
            for (int i = 0; i < steps.size(); i++) {
                Patched patched = apply(i);
                if (patched instanceof Patched.Data(var next) && i < steps.size() - 1 && next != before) {
                    patched = bounded(next);
                }
                switch (patched) {
                    case Patched.Refused(var problems) -> {
                        return new Draft.Refused(
                                problems.stream().map(within(i)).toList());
                    }
                    case Patched.Data(var next) -> {
                        if (several) {
                            effects.add(Difference.between(data, next));
                        }
                        data = next;
                    }
                }
            }
            return skipped.isEmpty() || applied > 0
                    ? new Draft.Data(data, List.copyOf(effects), List.copyOf(skipped))
                    : new Draft.Refused(List.of(nothingValid()));
        }

        private Patched apply(int index) {
            Step step = steps.get(index);
            Patched all = Operators.apply(step, data, occasion, Dialect.NATIVE);
            if (!skips || all instanceof Patched.Data) {
                applied += step.operators().size();
                return all;
            }
            Step able = new Step(step.operators().stream()
                    .filter(each -> isAble(each, index))
                    .toList());
            applied += able.operators().size();
            return Operators.apply(able, data, occasion, Dialect.NATIVE);
        }

        /** Operators of a step do not see one another, so what one can do alone it can do with others. */
        private boolean isAble(Operator operator, int index) {
            return switch (Operators.apply(Step.of(operator), data, occasion, Dialect.NATIVE)) {
                case Patched.Data _ -> true;
                case Patched.Refused(var problems) -> {
                    Problem problem = within(index).apply(problems.getFirst());
                    skipped.add(new Outcome.Skipped(operator.path().toString(), problem));
                    yield false;
                }
            };
        }

        private UnaryOperator<Problem> within(int step) {
            return several ? problem -> problem.withPointer("/steps/" + step) : problem -> problem;
        }

        private Patched bounded(MapValue next) {
            Problem tooLarge = limits.refusal(next);
            return tooLarge == null ? new Patched.Data(next) : new Patched.Refused(List.of(tooLarge));
        }

        private Problem nothingValid() {
            return Problem.of(
                    ProblemType.NOTHING_VALID,
                    "no operator can be applied; the first of them: "
                            + skipped.getFirst().problem().detail());
        }
    }
}
