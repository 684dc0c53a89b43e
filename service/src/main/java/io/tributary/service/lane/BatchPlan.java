package io.tributary.service.lane;

import static java.util.stream.Collectors.toMap;

import io.tributary.change.BatchOutcome;
import io.tributary.change.Change;
import io.tributary.change.Outcome;
import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.json.BatchJson;
import io.tributary.json.BatchOutcomeJson;
import io.tributary.json.IntegerForm;
import io.tributary.json.ProblemJson;
import io.tributary.name.DocumentName;
import io.tributary.service.changelog.Publication;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.Documents;
import io.tributary.service.document.Result;
import io.tributary.service.store.Commit;
import io.tributary.service.store.Loaded;
import io.tributary.service.store.Locked;
import io.tributary.service.store.Turn;
import io.tributary.write.Batch;
import io.tributary.write.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Atomic batches, applied one after another to lanes that are locked: what is to be committed, and what their callers are
 * answered once it is. A batch that is refused leaves nothing but its outcome.
 */
final class BatchPlan {

    private static final Logger log = LoggerFactory.getLogger(BatchPlan.class);

    private static final int OK = 200;

    private final UUID id = UUID.randomUUID();
    private final Planning planning;
    private final Map<Integer, LanePlan> lanes;
    private final List<Reply> replies = new ArrayList<>();
    private final List<BatchCall> leftOver = new ArrayList<>();
    private final Set<Integer> missing = new HashSet<>();
    private final Set<Integer> standing = new HashSet<>();

    private record Reply(BatchCall call, Answer answer) {}

    /**
     * Applies batches in their order until there is enough to be committed.
     *
     * @param locked the state of the lanes and documents; a lane that is not in it belongs to another by now
     * @param bytesAtMost how many bytes of changes are enough
     */
    BatchPlan(List<BatchCall> calls, Locked locked, Planning planning, int bytesAtMost) {
        this.planning = planning;
        this.lanes = locked.lanes().entrySet().stream()
                .collect(toMap(
                        Map.Entry::getKey,
                        lane -> new LanePlan(
                                lane.getValue(),
                                planning,
                                stored(lane.getKey(), calls, locked.loaded()),
                                locked.loaded().outcomes())));
        for (BatchCall call : calls) {
            take(call, bytesAtMost);
        }
    }

    /** Of the records of a partition none is decided behind one that is not. */
    private void take(BatchCall call, int bytesAtMost) {
        Entry.Original original = call.original();
        boolean whole = lanes.keySet().containsAll(call.touched());
        if (!whole || isStanding(original) || bytes() >= bytesAtMost) {
            leftOver.add(call);
            call.touched().stream().filter(lane -> !lanes.containsKey(lane)).forEach(missing::add);
            if (original != null) {
                standing.add(original.source().partition());
            }
        } else if (original == null) {
            replies.add(new Reply(call, decide(call)));
        } else if (original.source().offset()
                >= lane(original.source().partition()).nextOffset()) {
            Answer.DecidedBatch decided = decide(call);
            replies.add(new Reply(call, decided));
            lane(original.source().partition())
                    .decided(original.source().offset(), publication(call, original, decided));
        }
    }

    private boolean isStanding(Entry.@Nullable Original original) {
        return original != null && standing.contains(original.source().partition());
    }

    /** What is to be said of a record; null for nothing. A repetition of a refused one has its rejection already. */
    private static @Nullable Publication publication(
            BatchCall call, Entry.Original original, Answer.DecidedBatch decided) {
        if (original.replyTo() != null) {
            return reply(call, original, original.replyTo(), decided);
        }
        return decided.outcome() instanceof BatchOutcome.Refused(Problem problem) && !decided.replayed()
                ? original.rejection(problem)
                : null;
    }

    /** What is to be said of a record that is refused before it is tried. */
    static Publication refusal(BatchCall call, Entry.Original original, Problem problem) {
        return original.replyTo() == null
                ? original.rejection(problem)
                : reply(
                        call,
                        original,
                        original.replyTo(),
                        new Answer.DecidedBatch(new BatchOutcome.Refused(problem), false));
    }

    private static Publication.Reply reply(
            BatchCall call, Entry.Original original, Publication.Address to, Answer.DecidedBatch decided) {
        var content = switch (decided.outcome()) {
            case BatchOutcome.Applied applied ->
                new Publication.Reply.Content(
                        OK, BatchOutcomeJson.write(applied, IntegerForm.NUMBER), decided.replayed());
            case BatchOutcome.Refused(Problem problem) ->
                new Publication.Reply.Content(problem.type().status(), ProblemJson.write(problem), decided.replayed());
        };
        return new Publication.Reply(to, original.key(), call.batch().id(), content, original.source());
    }

    private static Map<DocumentName, DocumentState> stored(int lane, List<BatchCall> calls, Loaded loaded) {
        Map<DocumentName, DocumentState> stored = new HashMap<>();
        for (BatchCall call : calls) {
            call.lanes().forEach((document, its) -> {
                DocumentState state = loaded.documents().get(document);
                if (its == lane && state != null) {
                    stored.put(document, state);
                }
            });
        }
        return stored;
    }

    private long bytes() {
        return lanes.values().stream().mapToLong(LanePlan::bytes).sum();
    }

    private Answer.DecidedBatch decide(BatchCall call) {
        if (call.key() == null) {
            return new Answer.DecidedBatch(attempt(call), false);
        }
        LanePlan keeper = lane(call.key().lane());
        byte[] fingerprint = BatchJson.fingerprint(call.batch());
        Loaded.Outcome earlier = keeper.remembered(call.key());
        if (earlier == null) {
            BatchOutcome outcome = attempt(call);
            Instant time = time(call);
            keeper.remember(call.key(), fingerprint, BatchOutcomeJson.writeStored(outcome), time);
            lane(call.home()).attend(time);
            return new Answer.DecidedBatch(outcome, false);
        }
        return Arrays.equals(earlier.fingerprint(), fingerprint)
                ? new Answer.DecidedBatch(BatchOutcomeJson.readStored(earlier.outcome()), true)
                : new Answer.DecidedBatch(
                        new BatchOutcome.Refused(
                                Problem.of(ProblemType.ID_REUSE, "this id was used for another batch or write before")),
                        false);
    }

    /** Later than everything that the batch's lanes have seen. */
    private Instant time(BatchCall call) {
        Instant last = call.touched().stream()
                .map(lane -> lane(lane).time())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return planning.clock().after(last);
    }

    private BatchOutcome attempt(BatchCall call) {
        Problem conflict = conflict(call);
        if (conflict != null) {
            return new BatchOutcome.Refused(conflict);
        }
        Instant time = time(call);
        List<Write> writes = call.batch().writes();
        Map<DocumentName, DocumentState> states = new HashMap<>();
        List<Result> results = new ArrayList<>();
        for (int index = 0; index < writes.size(); index++) {
            Write write = writes.get(index);
            DocumentState before = states.getOrDefault(write.document(), state(call, write.document()));
            Result result;
            try {
                result = Documents.apply(before, write, time, call.actor(), planning.documentLimits());
            } catch (RuntimeException | StackOverflowError fault) {
                log.error("a batch is refused for a fault of the program", fault);
                return new BatchOutcome.Refused(Problem.of(ProblemType.INTERNAL, "a write met a fault of the service")
                        .withIndex(index));
            }
            if (result instanceof Result.Refused refused) {
                return new BatchOutcome.Refused(refused.problems().getFirst().withIndex(index));
            }
            states.put(write.document(), result.after());
            results.add(result);
        }
        if (results.stream().anyMatch(Result.Applied.class::isInstance)) {
            lane(call.home()).attend(time);
            publish(call, time, results);
        }
        return outcome(call.batch(), time, results);
    }

    /** What the batch has read and is another version by now; null for nothing. */
    private @Nullable Problem conflict(BatchCall call) {
        List<Problem.Stale> stale = call.batch().reads().stream()
                .filter(read -> state(call, read.document()).visibleVersion() != read.version())
                .map(read -> new Problem.Stale(
                        read.document().path(), state(call, read.document()).visibleVersion()))
                .toList();
        return stale.isEmpty()
                ? null
                : Problem.of(ProblemType.CONFLICT, "documents have other versions than those that were read")
                        .withStale(stale);
    }

    private void publish(BatchCall call, Instant time, List<Result> results) {
        List<Write> writes = call.batch().writes();
        Map<Integer, Long> lastNumbers = lastNumbers(call, results);
        int size =
                (int) results.stream().filter(Result.Applied.class::isInstance).count();
        int position = 0;
        for (int index = 0; index < results.size(); index++) {
            if (results.get(index) instanceof Result.Applied applied) {
                Write write = writes.get(index);
                var batch = new Change.Batch(call.batch().id(), position++, size, lastNumbers);
                lane(call, write.document())
                        .adopt(applied, new Entry.Submission(write, 0, call.actor(), call.traceparent()), batch, time);
            }
        }
    }

    /** For each lane that the batch changes, the number of its last record there. */
    private Map<Integer, Long> lastNumbers(BatchCall call, List<Result> results) {
        Map<Integer, Long> last = new TreeMap<>();
        for (Result result : results) {
            if (result instanceof Result.Applied applied) {
                LanePlan lane = lane(call, applied.after().name());
                last.merge(
                        lane.lane(),
                        lane.sequence() + applied.kind().records(),
                        (sum, next) -> sum + applied.kind().records());
            }
        }
        return last;
    }

    private static BatchOutcome outcome(Batch batch, Instant time, List<Result> results) {
        List<Outcome.Applied> outcomes = new ArrayList<>();
        for (int index = 0; index < results.size(); index++) {
            outcomes.add(
                    (Outcome.Applied) results.get(index).outcome(batch.writes().get(index)));
        }
        return new BatchOutcome.Applied(batch.id(), time, outcomes);
    }

    private DocumentState state(BatchCall call, DocumentName document) {
        return lane(call, document).state(document);
    }

    private LanePlan lane(BatchCall call, DocumentName document) {
        return lane(call.lanes().get(document));
    }

    private LanePlan lane(@Nullable Integer number) {
        LanePlan lane = lanes.get(number);
        if (lane == null) {
            throw new IllegalArgumentException("lane " + number + " is not locked");
        }
        return lane;
    }

    /** Found again in the store when the answer is lost. */
    UUID id() {
        return id;
    }

    /** The lanes that get a turn. */
    List<LanePlan> lanes() {
        return lanes.values().stream().filter(LanePlan::hasNews).toList();
    }

    /** The batches that are decided here. */
    List<BatchCall> decided() {
        return replies.stream().map(Reply::call).toList();
    }

    /** The batches that come next time, also those that touch a lane which another has taken over. */
    List<BatchCall> leftOver() {
        return leftOver;
    }

    /** The lanes that another has taken over, and that batches are left over for. */
    Set<Integer> missing() {
        return missing;
    }

    Commit commit(List<Turn> turns) {
        List<LanePlan> changed = lanes();
        return new Commit(
                id,
                turns,
                changed.stream().flatMap(lane -> lane.rows().stream()).toList(),
                changed.stream().flatMap(lane -> lane.remembered().stream()).toList());
    }

    /** Gives the answers; only after the commit. */
    void answer(CommitObserver observer) {
        for (Reply reply : replies) {
            if (reply.call().original() == null
                    && reply.answer() instanceof Answer.DecidedBatch(BatchOutcome.Refused refused, boolean replayed)) {
                observer.rejected(refused.problem().type().slug());
            }
            reply.call().caller().answer(reply.answer());
        }
    }
}
