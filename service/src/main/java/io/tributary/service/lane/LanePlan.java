package io.tributary.service.lane;

import io.tributary.change.Change;
import io.tributary.change.Outcome;
import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.json.ChangeJson;
import io.tributary.json.IntegerForm;
import io.tributary.json.OutcomeJson;
import io.tributary.json.ProblemJson;
import io.tributary.json.WriteJson;
import io.tributary.name.DocumentName;
import io.tributary.service.changelog.Payload;
import io.tributary.service.changelog.Publication;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.Fold;
import io.tributary.service.document.Result;
import io.tributary.service.store.Commit;
import io.tributary.service.store.IdempotencyKey;
import io.tributary.service.store.LaneState;
import io.tributary.service.store.Loaded;
import io.tributary.service.store.Turn;
import io.tributary.write.Action;
import io.tributary.write.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a batch does to one lane: applies the lane's entries in order, numbers the changes, and holds the answers back
 * until the commit. Touches nothing but itself, so that it can be thrown away and planned again.
 */
final class LanePlan {

    private static final Logger log = LoggerFactory.getLogger(LanePlan.class);

    private static final int OK = 200;
    private static final int CREATED = 201;

    private final LaneState before;
    private final Planning planning;
    private final Fold fold;
    private final Map<IdempotencyKey, Loaded.Outcome> outcomes;

    /** Where the last change of a document stands among the publications. */
    private final Map<DocumentName, Integer> published = new HashMap<>();

    private final List<Entry> entries = new ArrayList<>();
    private final List<Publication> publications = new ArrayList<>();
    private final List<Commit.Remembered> remembered = new ArrayList<>();
    private final List<Reply> replies = new ArrayList<>();
    private Instant time;
    private long sequence;
    private long nextOffset;
    private int bytes;
    private long oldestTurn;
    private List<Commit.Row> rows = List.of();
    private boolean attended;

    /** An answer that waits for the commit. */
    private record Reply(Caller caller, Answer answer) {}

    /**
     * @param before the lane's newest state
     * @param stored the committed states of the documents that the entries name, but for those that never existed
     * @param outcomes the remembered outcomes of the entries' ids
     */
    LanePlan(
            LaneState before,
            Planning planning,
            Map<DocumentName, DocumentState> stored,
            Map<IdempotencyKey, Loaded.Outcome> outcomes) {
        this.before = before;
        this.planning = planning;
        this.fold = new Fold(stored, planning.documentLimits());
        this.outcomes = new HashMap<>(outcomes);
        this.time = before.committedAt();
        this.sequence = before.sequence();
        this.nextOffset = before.nextOffset();
        this.oldestTurn = before.oldestTurn();
    }

    /** Applies the next entry; one that is {@code poisoned} is refused without being tried. */
    void apply(Entry entry, boolean poisoned) {
        entries.add(entry);
        time = planning.clock().after(time);
        switch (entry) {
            case Entry.Call(Entry.Submission submission, Caller caller) ->
                replies.add(new Reply(caller, decide(submission, poisoned)));
            case Entry.Input(Entry.Submission submission, Entry.Original original) -> {
                Answer.Decided decided = decide(submission, poisoned);
                if (original.replyTo() != null) {
                    publish(reply(submission.write(), original, original.replyTo(), decided));
                } else if (decided.outcome() instanceof Outcome.Refused refused && !decided.replayed()) {
                    // A repetition of a refused record has its rejection already.
                    publish(original.rejection(refused.problem()));
                }
                nextOffset = Math.max(nextOffset, original.source().offset() + 1);
            }
            case Entry.Passed(long offset, @Nullable Publication publication) -> pass(offset, publication);
            case Entry.BatchInput batch -> throw new IllegalArgumentException("a batch is no entry of one lane's plan");
        }
    }

    private void pass(long offset, @Nullable Publication publication) {
        if (publication != null) {
            publish(publication);
        }
        nextOffset = Math.max(nextOffset, offset + 1);
    }

    private static Publication reply(
            Write write, Entry.Original original, Publication.Address to, Answer.Decided decided) {
        var content = switch (decided.outcome()) {
            case Outcome.Applied applied ->
                new Publication.Reply.Content(
                        applied.created() ? CREATED : OK,
                        OutcomeJson.write(applied, IntegerForm.NUMBER),
                        decided.replayed());
            case Outcome.Refused(DocumentName document, Problem problem) ->
                new Publication.Reply.Content(problem.type().status(), ProblemJson.write(problem), decided.replayed());
        };
        return new Publication.Reply(to, original.key(), write.id(), content, original.source());
    }

    private Answer.Decided decide(Entry.Submission submission, boolean poisoned) {
        Write write = submission.write();
        IdempotencyKey key = submission.key(before.lane());
        if (key == null) {
            return new Answer.Decided(attempt(submission, poisoned), false);
        }
        byte[] fingerprint = WriteJson.fingerprint(write);
        Loaded.Outcome earlier = outcomes.get(key);
        if (earlier == null) {
            Outcome outcome = attempt(submission, poisoned);
            byte[] kept = OutcomeJson.writeStored(outcome);
            remember(key, fingerprint, kept, time);
            return new Answer.Decided(outcome, false);
        }
        if (!Arrays.equals(earlier.fingerprint(), fingerprint)) {
            Problem reuse = Problem.of(ProblemType.ID_REUSE, "this id was used for another write before")
                    .withDocument(write.document().path());
            return new Answer.Decided(new Outcome.Refused(write.document(), reuse), false);
        }
        return new Answer.Decided(OutcomeJson.readStored(earlier.outcome()), true);
    }

    private Outcome attempt(Entry.Submission submission, boolean poisoned) {
        Write write = submission.write();
        if (poisoned) {
            return refused(write, Problem.of(ProblemType.BAD_VALUE, "the database refuses to store this write"));
        }
        Result result;
        try {
            result = fold.apply(write, time, submission.actor());
        } catch (RuntimeException | StackOverflowError fault) {
            log.error("lane {}: a write is refused for a fault of the program", before.lane(), fault);
            return refused(write, Problem.of(ProblemType.INTERNAL, "the write met a fault of the service"));
        }
        if (result instanceof Result.Applied applied) {
            publish(applied, submission, null);
        }
        return result.outcome(write);
    }

    // ---- a part of an atomic batch, decided elsewhere ----

    /** A document as the entries and batches so far have left it. */
    DocumentState state(DocumentName document) {
        return fold.state(document);
    }

    /** The state of a document that this changes; null for another. */
    @Nullable
    DocumentState changed(DocumentName document) {
        return fold.changed(document);
    }

    /** When the last unit so far is committed. */
    Instant time() {
        return time;
    }

    /** The last number given out so far. */
    long sequence() {
        return sequence;
    }

    /** Takes over what a write of a batch has made of a document of this lane. */
    void adopt(Result.Applied applied, Entry.Submission submission, Change.Batch batch, Instant time) {
        this.time = time;
        fold.adopt(applied.after());
        publish(applied, submission, batch);
    }

    /** The outcome that an id has had; null for none. */
    Loaded.@Nullable Outcome remembered(IdempotencyKey key) {
        return outcomes.get(key);
    }

    /** Remembers the outcome of an id. */
    void remember(IdempotencyKey key, byte[] fingerprint, byte[] outcome, Instant time) {
        this.time = time;
        outcomes.put(key, new Loaded.Outcome(fingerprint, outcome));
        remembered.add(new Commit.Remembered(before.lane(), key, fingerprint, outcome, time));
    }

    /** Gets a turn in any case: what a batch of this lane does to others is looked for here when the answer is lost. */
    void attend(Instant time) {
        this.time = time;
        attended = true;
    }

    /** Lets the input go on behind a record that is a batch, and publishes what is to be said of it, if anything is. */
    void decided(long offset, @Nullable Publication publication) {
        time = planning.clock().after(time);
        pass(offset, publication);
    }

    /** The offset of the next record, as it is so far. */
    long nextOffset() {
        return nextOffset;
    }

    /** Whether there is anything to be committed. */
    boolean hasNews() {
        return attended
                || nextOffset > before.nextOffset()
                || !entries.isEmpty()
                || !publications.isEmpty()
                || !remembered.isEmpty();
    }

    // ----

    private static Outcome refused(Write write, Problem problem) {
        return new Outcome.Refused(
                write.document(), problem.withDocument(write.document().path()));
    }

    private void publish(Result.Applied applied, Entry.Submission submission, Change.@Nullable Batch batch) {
        DocumentName document = applied.after().name();
        Integer last = published.put(document, publications.size());
        if (last != null && !planning.changes().everyAfter()) {
            leaveOutAfter(last);
        }
        var record = new Publication.ChangeRecord(
                document,
                applied.after().version(),
                applied.kind(),
                time,
                sequence + 1,
                submission.traceparent(),
                json(change(applied, submission, batch)));
        sequence = record.lastSequence();
        publish(record);
    }

    /** What the changelog would not take as one record is published without the update: its effect is in it all the same. */
    private byte[] json(Change change) {
        byte[] json = ChangeJson.write(change);
        return json.length > planning.changeBytes() ? ChangeJson.write(change.withoutWrite()) : json;
    }

    private void leaveOutAfter(int publication) {
        if (publications.get(publication) instanceof Publication.ChangeRecord whole) {
            publications.set(
                    publication,
                    new Publication.ChangeRecord(
                            whole.document(),
                            whole.version(),
                            whole.kind(),
                            whole.time(),
                            whole.sequence(),
                            whole.traceparent(),
                            ChangeJson.write(ChangeJson.read(whole.json()).withoutAfter())));
        }
    }

    private void publish(Publication publication) {
        publications.add(publication);
        bytes += publication.bytes();
    }

    private Change change(Result.Applied applied, Entry.Submission submission, Change.@Nullable Batch batch) {
        Write write = submission.write();
        DocumentState after = applied.after();
        return new Change(
                after.name(),
                after.version(),
                applied.kind(),
                time,
                sequence + 1,
                after.data(),
                planning.changes().before() ? applied.before().data() : null,
                List.copyOf(applied.effect().changes().keySet()),
                applied.effect().removed(),
                write.action() instanceof Action.Patch patch
                                && applied.skipped().isEmpty()
                        ? patch
                        : null,
                new Change.Origin(
                        write.id(), batch, submission.actor(), write.options().fireTriggers()));
    }

    int lane() {
        return before.lane();
    }

    /** The lane's state that this follows. */
    LaneState before() {
        return before;
    }

    /** The bytes of what is to be published so far. */
    int bytes() {
        return bytes;
    }

    /** The entries applied so far. */
    List<Entry> entries() {
        return entries;
    }

    /** What this lane's part of the commit is; published turns up to {@code sweepTo} go with it. */
    Turn turn(long sweepTo) {
        oldestTurn = Math.max(before.oldestTurn(), sweepTo + 1);
        return new Turn(
                before.lane(),
                before.epoch(),
                before.turn() + 1,
                sequence,
                (int) (sequence - before.sequence()),
                nextOffset,
                time,
                Payload.write(publications),
                before.oldestTurn(),
                sweepTo);
    }

    /** The last states of the documents that change, made ready once no entry follows. */
    List<Commit.Row> rows() {
        rows = fold.changed().stream()
                .map(folded -> Commit.Row.of(before.lane(), folded.previous(), folded.ofTombstone(), folded.state()))
                .toList();
        return rows;
    }

    /** How many documents change. */
    int documents() {
        return fold.size();
    }

    List<Commit.Remembered> remembered() {
        return remembered;
    }

    List<Publication> publications() {
        return publications;
    }

    /** The lane's state once this is committed at {@code epoch}. */
    LaneState after(long epoch) {
        return new LaneState(before.lane(), epoch, before.turn() + 1, sequence, nextOffset, time, oldestTurn);
    }

    /** Gives the answers; only after the commit. */
    void answer(CommitObserver observer) {
        for (Reply reply : replies) {
            if (reply.answer() instanceof Answer.Decided(Outcome.Refused refused, boolean replayed)) {
                observer.rejected(refused.problem().type().slug());
            }
            reply.caller().answer(reply.answer());
        }
        for (Publication publication : publications) {
            if (publication instanceof Publication.Rejection rejection) {
                observer.rejected(rejection.problem().type().slug());
            }
        }
    }

    /** Lets the lane remember what is committed now. */
    void remember(Lane lane) {
        rows.forEach(lane::cache);
    }
}
