package io.tributary.service.http;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.json.IntegerForm;
import io.tributary.json.OutcomeJson;
import io.tributary.name.DocumentName;
import io.tributary.service.http.reply.OutcomeReply;
import io.tributary.service.http.reply.ProblemReply;
import io.tributary.service.http.reply.Reply;
import io.tributary.service.http.request.Preferences;
import io.tributary.service.http.request.Refusal;
import io.tributary.service.http.server.ConnectionThread;
import io.tributary.service.lane.Answer;
import io.tributary.service.store.IdempotencyKey;
import io.tributary.service.store.Store;
import io.tributary.write.Write;
import java.util.List;
import java.util.function.ToIntFunction;
import reactor.core.publisher.Mono;

/** Gives out what became of writes, by their ids. */
final class OutcomeReads {

    private static final String SOON = "1";

    private final Store store;
    private final ToIntFunction<DocumentName> laneOf;

    OutcomeReads(Store store, ToIntFunction<DocumentName> laneOf) {
        this.store = store;
        this.laneOf = laneOf;
    }

    /** The reply to a write of a document, as its repetition would get it; 404 while none is remembered. */
    Mono<Reply> get(DocumentName name, String id, Preferences preferences, IntegerForm integers) {
        if (!Write.isId(id)) {
            throw Refusal.of(ProblemType.BAD_VALUE, "an outcome has an id of 1 to 255 visible ASCII characters");
        }
        int lane = laneOf.applyAsInt(name);
        List<IdempotencyKey> keys = List.of(
                IdempotencyKey.ofDocument(lane, name, id), IdempotencyKey.ofDatabase(lane, name.database(), id));
        return ConnectionThread.resumed(store.outcomes(keys))
                .map(remembered -> remembered.values().stream()
                        .map(stored -> OutcomeJson.readStored(stored.outcome()))
                        .filter(outcome -> outcome.document().equals(name))
                        .findFirst()
                        .map(outcome -> OutcomeReply.of(new Answer.Decided(outcome, true), preferences, integers))
                        .orElseGet(() -> unheardOf(name)));
    }

    private static Reply unheardOf(DocumentName name) {
        return ProblemReply.of(Problem.of(
                                ProblemType.NOT_FOUND,
                                "no outcome is known by this id: its write still waits, or is too long ago, or never came")
                        .withDocument(name.path()))
                .with("Retry-After", SOON);
    }
}
