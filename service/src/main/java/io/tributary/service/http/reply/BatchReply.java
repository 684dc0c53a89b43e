package io.tributary.service.http.reply;

import io.tributary.change.BatchOutcome;
import io.tributary.change.Problem;
import io.tributary.json.BatchOutcomeJson;
import io.tributary.json.IntegerForm;
import io.tributary.service.http.request.Preferences;
import io.tributary.service.lane.Answer;
import org.springframework.http.MediaType;

/** The response to an atomic batch. */
public final class BatchReply {

    private BatchReply() {}

    /** 204 when the batch was applied and the caller wants little, else 200. */
    public static Reply of(Answer answer, Preferences preferences, IntegerForm integers) {
        return switch (answer) {
            case Answer.GivenUp(Problem problem) -> ProblemReply.of(problem);
            case Answer.DecidedBatch(BatchOutcome.Refused refused, boolean replayed) ->
                OutcomeReply.marked(replayed, ProblemReply.of(refused.problem()));
            case Answer.DecidedBatch(BatchOutcome.Applied applied, boolean replayed) ->
                OutcomeReply.marked(replayed, applied(applied, preferences, integers));
            case Answer.Decided write -> throw new IllegalArgumentException("a batch was answered as a write");
        };
    }

    private static Reply applied(BatchOutcome.Applied applied, Preferences preferences, IntegerForm integers) {
        Reply reply = preferences.returns() == Preferences.Return.MINIMAL
                ? Reply.empty(204)
                : Reply.of(200, MediaType.APPLICATION_JSON_VALUE, BatchOutcomeJson.write(applied, integers));
        return preferences.returns() == null
                ? reply
                : reply.with("Preference-Applied", preferences.returns().applied());
    }
}
