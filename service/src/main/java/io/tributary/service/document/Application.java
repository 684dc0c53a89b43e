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
import io.tributary.write.Stamp;
import io.tributary.write.Step;
import io.tributary.write.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One write on one document: {@link Documents#apply}. */
record Application(
        DocumentState before,
        Write write,
        Instant time,
        @Nullable String actor,
        DocumentLimits limits) {

    /**
     * The condition comes before everything else, a document that is missing included: a caller that asked for a version
     * learns that it is 0 now.
     */
    Result result() {
        Problem unmet = Conditions.unmet(write.condition(), before);
        if (unmet != null) {
            return refused(List.of(unmet));
        }
        return switch (write.action()) {
            case Action.Patch patch when !before.exists() && !patch.upsert() -> refused(List.of(notFound()));
            case Action.Update update -> update(update.steps());
            case Action.MergePatch merge -> settled(new Patched.Data(Merges.patch(start(), merge.patch())));
            case Action.JsonPatch patch -> settled(JsonPatches.apply(patch.operations(), start(), limits::admit));
            case Action.Create(var data) ->
                before.exists() ? refused(List.of(alreadyExists())) : settled(new Patched.Data(data));
            case Action.Replace(var data) -> settled(new Patched.Data(data));
            case Action.Delete() -> settled(null, List.of());
            case Action.Verify() -> new Result.Unchanged(before, List.of());
        };
    }

    private MapValue start() {
        return before.data() == null ? MapValue.EMPTY : before.data();
    }

    /** Each step's result keeps within the limits, so that no step works on what is too large to be looked at. */
    private Result update(List<Step> steps) {
        boolean several = steps.size() > 1;
        var occasion = new Occasion(time, !before.exists(), before.name().id());
        var effects = new ArrayList<Outcome.Effect>();
        MapValue data = start();
        for (int i = 0; i < steps.size(); i++) {
            switch (bounded(Operators.apply(steps.get(i), data, occasion, Dialect.NATIVE))) {
                case Patched.Refused(var problems) -> {
                    return refused(several ? within("/steps/" + i, problems) : problems);
                }
                case Patched.Data(var next) -> {
                    if (several) {
                        effects.add(Difference.between(data, next));
                    }
                    data = next;
                }
            }
        }
        return settled(data, List.copyOf(effects));
    }

    private static List<Problem> within(String pointer, List<Problem> problems) {
        return problems.stream().map(problem -> problem.withPointer(pointer)).toList();
    }

    private Result settled(Patched patched) {
        return switch (bounded(patched)) {
            case Patched.Data(var data) -> settled(data, List.of());
            case Patched.Refused(var problems) -> refused(problems);
        };
    }

    /** Refuses data beyond the limits, but not what is stored: limits may have been wider once. */
    private Patched bounded(Patched patched) {
        if (!(patched instanceof Patched.Data(var data)) || data == before.data()) {
            return patched;
        }
        Problem tooLarge = limits.refusal(data);
        return tooLarge == null ? patched : new Patched.Refused(List.of(tooLarge));
    }

    /** @param data what the document holds now, null when it is deleted */
    private Result settled(@Nullable MapValue data, List<Outcome.Effect> steps) {
        Outcome.Effect effect = Difference.between(start(), data == null ? MapValue.EMPTY : data);
        if (before.exists() == (data != null) && effect.equals(Outcome.Effect.NONE)) {
            return new Result.Unchanged(before, steps);
        }
        var after = new DocumentState(before.name(), before.version() + 1, data, lifetime());
        return new Result.Applied(before, after, effect, steps);
    }

    private DocumentState.Lifetime lifetime() {
        Stamp stamp = write.options().stamp();
        DocumentState.Lifetime lived = before.exists() ? before.lifetime() : null;
        Instant createdAt = lived == null ? time : lived.createdAt();
        String createdBy = lived == null ? actor : lived.createdBy();
        return new DocumentState.Lifetime(
                time,
                stamp.createdAt() == null ? createdAt : stamp.createdAt(),
                stamp.updatedAt() == null ? time : stamp.updatedAt(),
                stamp.createdBy() == null ? createdBy : stamp.createdBy(),
                stamp.updatedBy() == null ? actor : stamp.updatedBy());
    }

    private Problem notFound() {
        return Problem.of(ProblemType.NOT_FOUND, "the document does not exist, and the write does not say \"upsert\"");
    }

    private Problem alreadyExists() {
        return Problem.of(ProblemType.ALREADY_EXISTS, "the document exists already")
                .withCurrent(Conditions.current(before));
    }

    private Result refused(List<Problem> problems) {
        String document = before.name().path();
        return new Result.Refused(
                before,
                problems.stream().map(problem -> problem.withDocument(document)).toList());
    }
}
