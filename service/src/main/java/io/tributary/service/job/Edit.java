package io.tributary.service.job;

import io.tributary.change.Outcome;
import io.tributary.change.ProblemType;
import io.tributary.name.DocumentName;
import io.tributary.query.UpdateByQuery;
import io.tributary.query.UpdateResult;
import io.tributary.service.document.DocumentLimits;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.Documents;
import io.tributary.service.lane.Answer;
import io.tributary.write.Condition;
import io.tributary.write.Write;
import io.tributary.write.WriteOptions;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an update by query does to each of its documents.
 *
 * @param id the id of all its writes, null for none: ids count per document, so each document is changed once
 */
record Edit(UpdateByQuery request, @Nullable String id) implements Task {

    /** A rough size of the write as it waits, beside the action that all writes share. */
    private static final int WRITE_BYTES = 256;

    private static final Set<ProblemType> PASSING =
            Set.of(ProblemType.BUSY, ProblemType.UNAVAILABLE, ProblemType.OUTCOME_UNKNOWN);

    /** The write of one document, which checks there that it still matches. */
    Write write(DocumentName document) {
        var matches = new Condition(true, null, null, request.selection().where());
        WriteOptions options = WriteOptions.DEFAULT
                .withAnswer(WriteOptions.Return.MINIMAL)
                .withFireTriggers(request.options().fireTriggers());
        return new Write(document, request.action(), matches, id, options);
    }

    int length() {
        return WRITE_BYTES;
    }

    /** What the answer to the write of a document says. */
    UpdateResult result(DocumentName document, Answer answer) {
        return switch (answer) {
            case Answer.GivenUp(var problem) ->
                new UpdateResult.Failed(document, problem.withDocument(document.path()));
            case Answer.Decided(var outcome, var replayed) -> result(outcome);
            case Answer.DecidedBatch batch -> throw new IllegalArgumentException("a write was answered as a batch");
        };
    }

    /** Whether the same write may have another result in a while. */
    static boolean isPassing(UpdateResult result) {
        return result instanceof UpdateResult.Failed(var document, var problem) && PASSING.contains(problem.type());
    }

    @Override
    public @Nullable Double rate() {
        return request.options().rate();
    }

    @Override
    public boolean isDry() {
        return request.options().dryRun();
    }

    /** What the write would do. */
    @Override
    public UpdateResult tried(DocumentState document, Instant now, DocumentLimits limits) {
        Write write = write(document.name());
        UpdateResult result =
                result(Documents.apply(document, write, now, null, limits).outcome(write));
        return result instanceof UpdateResult.Applied applied
                ? new UpdateResult.Applied(
                        applied.document(),
                        document.visibleVersion(),
                        Objects.requireNonNull(document.lifetime()).time(),
                        applied.modified())
                : result;
    }

    private static UpdateResult result(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied applied ->
                new UpdateResult.Applied(applied.document(), applied.version(), applied.time(), applied.modified());
            case Outcome.Refused(var document, var problem) ->
                problem.type() == ProblemType.CONDITION_FAILED
                        ? new UpdateResult.Skipped(document)
                        : new UpdateResult.Failed(document, problem);
        };
    }
}
