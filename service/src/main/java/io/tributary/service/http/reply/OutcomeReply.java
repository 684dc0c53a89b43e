package io.tributary.service.http.reply;

import io.tributary.change.Outcome;
import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.json.IntegerForm;
import io.tributary.json.OutcomeJson;
import io.tributary.name.DocumentName;
import io.tributary.service.http.request.EntityTags;
import io.tributary.service.http.request.Preferences;
import io.tributary.service.lane.Answer;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** The response to a write. */
public final class OutcomeReply {

    private OutcomeReply() {}

    /** 201 with {@code Location} when the document came into being, 204 when the caller wants little, else 200. */
    public static Reply of(Answer answer, Preferences preferences, IntegerForm integers) {
        return of(answer, applied -> applied(applied, preferences, integers));
    }

    /** 204 with {@code Tributary-Version} when the document was deleted, 404 when there was none. */
    public static Reply ofDelete(Answer answer) {
        return of(answer, OutcomeReply::deleted);
    }

    /** 202 with the address of the outcome, for who did not want to wait for it. */
    public static Reply ofAccepted(DocumentName document, String id) {
        return Reply.empty(202)
                .with(HttpHeaders.LOCATION, DocumentUrl.ofOutcome(document, id))
                .with("Preference-Applied", "respond-async");
    }

    private static Reply of(Answer answer, Function<Outcome.Applied, Reply> success) {
        return switch (answer) {
            case Answer.GivenUp(Problem problem) -> ProblemReply.of(problem);
            case Answer.Decided(Outcome.Refused refused, boolean replayed) ->
                marked(replayed, ProblemReply.of(refused.problem()));
            case Answer.Decided(Outcome.Applied applied, boolean replayed) -> marked(replayed, success.apply(applied));
            case Answer.DecidedBatch batch -> throw new IllegalArgumentException("a write was answered as a batch");
        };
    }

    private static Reply applied(Outcome.Applied applied, Preferences preferences, IntegerForm integers) {
        boolean minimal = preferences.returns() == Preferences.Return.MINIMAL
                && applied.skipped().isEmpty();
        int status = applied.created() ? 201 : minimal ? 204 : 200;
        Reply reply = minimal
                ? Reply.empty(status)
                : Reply.of(status, MediaType.APPLICATION_JSON_VALUE, OutcomeJson.write(applied, integers));
        if (applied.created()) {
            reply.with(HttpHeaders.LOCATION, DocumentUrl.of(applied.document()));
        }
        if (applied.version() > 0) {
            reply.with(HttpHeaders.ETAG, EntityTags.tag(applied.version()));
        }
        if (preferences.returns() != null) {
            reply.with("Preference-Applied", preferences.returns().applied());
        }
        return reply;
    }

    private static Reply deleted(Outcome.Applied applied) {
        return applied.modified()
                ? Reply.empty(204).with("Tributary-Version", Long.toString(applied.version()))
                : ProblemReply.of(Problem.of(ProblemType.NOT_FOUND, "there is no such document")
                        .withDocument(applied.document().path()));
    }

    /** Tells a repeated outcome from a new one. */
    static Reply marked(boolean replayed, Reply reply) {
        return replayed ? reply.with("Idempotency-Replayed", "true") : reply;
    }
}
