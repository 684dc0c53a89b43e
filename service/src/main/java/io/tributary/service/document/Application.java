package io.tributary.service.document;

import io.tributary.change.Outcome;
import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.service.document.patch.Occasion;
import io.tributary.value.MapValue;
import io.tributary.write.Action;
import io.tributary.write.Stamp;
import io.tributary.write.Write;
import io.tributary.write.WriteOptions.OnInvalid;
import java.time.Instant;
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
            case Action.Create _ when before.exists() -> refused(List.of(alreadyExists()));
            case Action.Delete() -> settled(null, List.of(), List.of());
            case Action.Verify() -> new Result.Unchanged(before, List.of(), List.of());
            case Action action -> drafted(action);
        };
    }

    private Result drafted(Action action) {
        boolean skips = write.options().onInvalid() == OnInvalid.SKIP;
        var occasion = new Occasion(time, !before.exists(), before.name().id());
        var drafting = new Drafting(start(), occasion, limits, skips);
        DocumentSchema schema = limits.schemas().of(before.name());
        Draft draft = schema == null ? drafting.draft(action) : new Judgement(drafting, schema).draft(action);
        return switch (draft) {
            case Draft.Data(var data, var steps, var skipped) -> bounded(data, steps, skipped);
            case Draft.Refused(var problems) -> refused(problems);
        };
    }

    /** Refuses data beyond the limits, but not what is stored: limits may have been wider once. */
    private Result bounded(MapValue data, List<Outcome.Effect> steps, List<Outcome.Skipped> skipped) {
        Problem tooLarge = data == before.data() ? null : limits.refusal(data);
        return tooLarge == null ? settled(data, steps, skipped) : refused(List.of(tooLarge));
    }

    private MapValue start() {
        return before.data() == null ? MapValue.EMPTY : before.data();
    }

    /** @param data what the document holds now, null when it is deleted */
    private Result settled(@Nullable MapValue data, List<Outcome.Effect> steps, List<Outcome.Skipped> skipped) {
        Outcome.Effect effect = Difference.between(start(), data == null ? MapValue.EMPTY : data);
        if (before.exists() == (data != null) && effect.equals(Outcome.Effect.NONE)) {
            return new Result.Unchanged(before, steps, skipped);
        }
        var after = new DocumentState(before.name(), before.version() + 1, data, lifetime());
        return new Result.Applied(before, after, effect, steps, skipped);
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
