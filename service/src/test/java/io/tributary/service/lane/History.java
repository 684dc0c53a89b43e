package io.tributary.service.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.BatchOutcome;
import io.tributary.change.Change;
import io.tributary.change.Outcome;
import io.tributary.change.ProblemType;
import io.tributary.json.ChangeJson;
import io.tributary.name.DocumentName;
import io.tributary.service.changelog.FakeChangelog.Arrived;
import io.tributary.service.changelog.Publication;
import io.tributary.service.document.DocumentState;
import io.tributary.service.lane.Entry.Submission;
import io.tributary.service.lane.FakeUpdates.Update;
import io.tributary.service.store.LaneState;
import io.tributary.write.Action;
import io.tributary.write.Batch;
import io.tributary.write.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a simulation has left behind, and what must be true of it. */
final class History {

    private static final String REFUSED = "refused";

    private final LaneSimulation simulation;
    private final Map<Integer, List<Change>> changes = new HashMap<>();
    private final Map<String, List<Change>> byActor;
    private final Set<Publication.Source> rejections;

    History(LaneSimulation simulation) {
        this.simulation = simulation;
        for (int lane = 0; lane < LaneSimulation.LANES; lane++) {
            changes.put(lane, firstOccurrences(lane));
        }
        this.byActor = all().stream()
                .collect(Collectors.groupingBy(
                        change -> Objects.requireNonNull(change.origin().actor())));
        this.rejections = simulation.broker().rejections().stream()
                .map(Publication.Rejection::source)
                .collect(Collectors.toSet());
    }

    /** Checks everything. */
    void check() {
        for (int lane = 0; lane < LaneSimulation.LANES; lane++) {
            changelogIsComplete(lane);
            timesRise(lane);
            recordsAreAppliedOnceAndInOrder(lane);
        }
        versionsAreContiguous();
        idsAreAppliedOnce();
        recordsOfBatchesAreAppliedOnce();
        simulation.attempts().forEach(this::callerHeardTheTruth);
        simulation.batches().forEach(this::batchIsWhole);
        simulation.batches().forEach(this::readsWereTrue);
        idsHaveOneOutcome();
        versionsWereKnown();
        nobodyWaitedInVain();
        nothingIsLeft();
    }

    /** Checks that each number comes for the first time after all before it, and drops what is repeated. */
    private List<Change> firstOccurrences(int lane) {
        List<Change> first = new ArrayList<>();
        long last = 0;
        for (Arrived arrived : simulation.broker().changes(lane)) {
            if (arrived.sequence() > last) {
                assertThat(arrived.sequence())
                        .as("the number of lane %d after %d", lane, last)
                        .isEqualTo(++last);
                if (arrived.sequence() == arrived.change().sequence()) {
                    first.add(ChangeJson.read(arrived.change().json()));
                }
            }
        }
        return first;
    }

    private void changelogIsComplete(int lane) {
        long last = simulation.broker().numbers(lane).stream()
                .mapToLong(number -> number)
                .max()
                .orElse(0);
        assertThat(last)
                .as("the last number published of lane %d", lane)
                .isEqualTo(state(lane).sequence());
    }

    private void timesRise(int lane) {
        Instant last = Instant.EPOCH;
        for (Change change : changes.get(lane)) {
            if (change.origin().batch() == null || change.origin().batch().index() == 0) {
                assertThat(change.time())
                        .as("the time of %d in lane %d", change.sequence(), lane)
                        .isAfter(last);
            }
            last = change.time();
        }
    }

    /** All changes have one time, and say how many there are and where they end. */
    private static void isWhole(String who, List<Change> made) {
        Map<Integer, Long> last = made.stream()
                .collect(Collectors.toMap(
                        change -> LaneSimulation.lane(change.document()),
                        change -> change.sequence() + change.kind().records() - 1,
                        Math::max));
        for (Change change : made) {
            assertThat(change.origin().batch().size()).as(who).isEqualTo(made.size());
            assertThat(change.origin().batch().lanes()).as(who).isEqualTo(last);
            assertThat(change.time()).as(who).isEqualTo(made.getFirst().time());
        }
    }

    /** All of a batch is in the changelog, at one time and counted right, or nothing; and its caller was told so. */
    private void batchIsWhole(LaneSimulation.BatchAttempt attempt) {
        List<Change> made = byActor.getOrDefault(attempt.call().actor(), List.of());
        List<Answer> answers = attempt.asker().answers();
        String who = "batch " + attempt.call() + ", " + attempt.admission() + ", who heard " + answers;
        isWhole(who, made);
        if (attempt.admission() != Admission.QUEUED) {
            assertThat(made).as(who).isEmpty();
            return;
        }
        assertThat(answers).as(who).hasSize(1);
        switch (answers.getFirst()) {
            case Answer.DecidedBatch(BatchOutcome.Applied applied, boolean replayed) ->
                assertThat(made).as(who).hasSize((int) applied.results().stream()
                        .filter(Outcome.Applied::modified)
                        .count());
            case Answer.GivenUp(var problem)
            when problem.type() == ProblemType.OUTCOME_UNKNOWN ->
                assertThat(made).as(who).isNotNull();
            default -> assertThat(made).as(who).isEmpty();
        }
    }

    /** When a batch was committed, what it was decided on was still so. */
    private void readsWereTrue(LaneSimulation.BatchAttempt attempt) {
        List<Change> made = byActor.getOrDefault(attempt.call().actor(), List.of());
        if (made.isEmpty()) {
            return;
        }
        List<List<DocumentState>> commits = simulation.store().commits();
        int own = commitOf(made.getFirst(), commits);
        for (Batch.Read read : attempt.call().batch().reads()) {
            boolean changedWithIt =
                    commits.get(own).stream().anyMatch(state -> state.name().equals(read.document()));
            if (!changedWithIt) {
                long version = commits.subList(0, own).stream()
                        .flatMap(List::stream)
                        .filter(state -> state.name().equals(read.document()))
                        .reduce((earlier, later) -> later)
                        .map(DocumentState::visibleVersion)
                        .orElse(0L);
                assertThat(read.version())
                        .as("what batch %s has read of %s", attempt.call(), read.document())
                        .isEqualTo(version);
            }
        }
    }

    private static int commitOf(Change change, List<List<DocumentState>> commits) {
        return IntStream.range(0, commits.size())
                .filter(commit -> commits.get(commit).stream()
                        .anyMatch(
                                state -> state.name().equals(change.document()) && state.version() >= change.version()))
                .findFirst()
                .orElseThrow();
    }

    private void versionsAreContiguous() {
        Map<DocumentName, Change> newest = new HashMap<>();
        all().forEach(change -> {
            Change before = newest.put(change.document(), change);
            assertThat(change.version())
                    .as("the version of %s", change.document())
                    .isEqualTo(before == null ? 1 : before.version() + 1);
        });
        newest.forEach((name, change) -> {
            DocumentState stored =
                    Objects.requireNonNull(simulation.store().document(name).block());
            assertThat(stored.version()).as("the version of %s", name).isEqualTo(change.version());
            assertThat(stored.data()).as("the data of %s", name).isEqualTo(change.after());
        });
    }

    private void recordsAreAppliedOnceAndInOrder(int lane) {
        List<Update> records = simulation.updates().records(lane);
        assertThat(state(lane).nextOffset()).as("the offset of lane %d", lane).isEqualTo(records.size());
        long last = 0;
        Set<String> seen = new HashSet<>();
        for (int offset = 0; offset < records.size(); offset++) {
            Update record = records.get(offset);
            if (!seen.add(record.actor())) {
                continue;
            }
            List<Change> made = byActor.getOrDefault(record.actor(), List.of());
            switch (record) {
                case Update.Single(Submission submission) -> singleIsApplied(submission, lane, offset, made);
                case Update.Misplaced(Submission submission) -> misplacedIsAppliedElsewhere(submission, made);
                case Update.Atomic(Batch batch, String actor) -> batchIsApplied(batch, lane, offset, made);
                case Update.WakeUp wakeUp -> assertThat(made).isEmpty();
            }
            for (Change change : made) {
                if (LaneSimulation.lane(change.document()) == lane) {
                    assertThat(change.sequence()).isGreaterThan(last);
                    last = change.sequence();
                }
            }
        }
    }

    private void singleIsApplied(Submission record, int lane, int offset, List<Change> made) {
        if (record.write().id() == null && alwaysChanges(record.write())) {
            assertThat(made).as("changes by record %d of lane %d", offset, lane).hasSize(1);
        }
        if (record.write().id() == null && neverApplies(record.write())) {
            assertThat(rejections).as("rejections").contains(Drafts.source(lane, offset));
        }
        assertThat(made).as("changes by record %d of lane %d", offset, lane).hasSizeLessThan(2);
    }

    private static void misplacedIsAppliedElsewhere(Submission record, List<Change> made) {
        assertThat(made).as("changes by %s", record).hasSizeLessThan(2);
        if (record.write().id() == null && alwaysChanges(record.write())) {
            assertThat(made).as("changes by %s", record).hasSize(1);
        }
    }

    private void batchIsApplied(Batch batch, int lane, int offset, List<Change> made) {
        String what = "the batch at " + offset + " of lane " + lane + ", " + batch;
        boolean refused = batch.writes().stream().anyMatch(History::neverApplies);
        if (refused) {
            assertThat(made).as(what).isEmpty();
        } else if (batch.id() == null && batch.writes().stream().noneMatch(History::mayBeRefused)) {
            assertThat(made).as(what).hasSizeGreaterThanOrEqualTo((int)
                    batch.writes().stream().filter(History::alwaysChanges).count());
        }
        if (refused && batch.id() == null) {
            assertThat(rejections).as(what).contains(Drafts.source(lane, offset));
        }
        isWhole(what, made);
    }

    private void recordsOfBatchesAreAppliedOnce() {
        Map<String, Set<String>> actors = all().stream()
                .filter(change -> change.origin().batch() != null
                        && change.origin().batch().id() != null)
                .collect(Collectors.groupingBy(
                        change -> Objects.requireNonNull(
                                Objects.requireNonNull(change.origin().batch()).id()),
                        Collectors.mapping(change -> change.origin().actor(), Collectors.toSet())));
        assertThat(actors.values()).allMatch(who -> who.size() == 1);
    }

    private static boolean alwaysChanges(Write write) {
        return write.action() instanceof Action.Update && !neverApplies(write);
    }

    private static boolean mayBeRefused(Write write) {
        return write.action() instanceof Action.Create;
    }

    private static boolean neverApplies(Write write) {
        return write.condition().version() != null;
    }

    private void idsAreAppliedOnce() {
        Map<String, Long> applied = all().stream()
                .filter(change -> change.origin().id() != null)
                .collect(Collectors.groupingBy(
                        change -> change.document() + " " + change.origin().id(), Collectors.counting()));
        assertThat(applied.values()).allMatch(times -> times == 1);
    }

    private void idsHaveOneOutcome() {
        Map<String, Set<String>> heard = new HashMap<>();
        for (LaneSimulation.Attempt attempt : simulation.attempts()) {
            Write write = attempt.submission().write();
            for (Answer answer : attempt.asker().answers()) {
                if (write.id() != null && answer instanceof Answer.Decided(Outcome outcome, boolean replayed)) {
                    heard.computeIfAbsent(write.document() + " " + write.id(), first -> new HashSet<>())
                            .add(inWords(outcome));
                }
            }
        }
        assertThat(heard).allSatisfy((id, outcomes) -> assertThat(outcomes).hasSize(1));
        Set<String> applied = all().stream()
                .map(change -> change.document() + " " + change.origin().id())
                .collect(Collectors.toSet());
        assertThat(heard).allSatisfy((id, outcomes) -> {
            if (outcomes.contains(REFUSED)) {
                assertThat(applied).as("who was refused").doesNotContain(id);
            }
        });
    }

    private static String inWords(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied applied -> "version " + applied.version() + " at " + applied.time();
            case Outcome.Refused refused -> REFUSED;
        };
    }

    /** Nobody but owners writes documents here, so that they know all versions. */
    private void versionsWereKnown() {
        assertThat(simulation.instances()).flatExtracting(Instance::failures).doesNotContain("wrong_version");
    }

    private void nobodyWaitedInVain() {
        assertThat(simulation.starved()).as("those who waited in vain").isEmpty();
    }

    private void callerHeardTheTruth(LaneSimulation.Attempt attempt) {
        List<Change> made = by(attempt.submission());
        List<Answer> answers = attempt.asker().answers();
        String who = "caller " + attempt.submission() + ", " + attempt.admission() + ", who heard " + answers;
        if (attempt.admission() != Admission.QUEUED) {
            assertThat(made).as(who).isEmpty();
            return;
        }
        Caller.GivenUp givenUp = simulation.givenUp(attempt);
        if (givenUp == Caller.GivenUp.NOT_APPLIED) {
            assertThat(made).as(who).isEmpty();
        } else if (givenUp == Caller.GivenUp.UNKNOWN) {
            assertThat(made).as(who).hasSizeLessThan(2);
        } else {
            assertThat(answers).as(who).hasSize(1);
            heardTheTruth(who, answers.getFirst(), made);
        }
    }

    private void heardTheTruth(String who, Answer answer, List<Change> made) {
        switch (answer) {
            case Answer.Decided(Outcome.Applied applied, boolean replayed)
            when applied.modified() -> {
                List<Change> meant = replayed ? all() : made;
                assertThat(meant)
                        .as(who)
                        .filteredOn(change -> change.document().equals(applied.document())
                                && change.version() == applied.version()
                                && change.time().equals(applied.time()))
                        .hasSize(1);
                assertThat(made).as(who).hasSize(replayed ? 0 : 1);
            }
            case Answer.Decided decided -> assertThat(made).as(who).isEmpty();
            case Answer.DecidedBatch batch -> throw new IllegalArgumentException("nobody here asks for batches");
            case Answer.GivenUp(var problem)
            when problem.type() == ProblemType.OUTCOME_UNKNOWN ->
                assertThat(made).as(who).hasSizeLessThan(2);
            case Answer.GivenUp nothing -> assertThat(made).as(who).isEmpty();
        }
    }

    private void nothingIsLeft() {
        for (Instance instance : simulation.instances()) {
            IntStream.range(0, LaneSimulation.LANES).forEach(lane -> {
                assertThat(instance.lanes().waiting(lane)).as("what waits").isZero();
                assertThat(instance.publisher().lag(lane)).as("the lag").isEqualTo(Duration.ZERO);
            });
        }
        IntStream.range(0, LaneSimulation.LANES)
                .forEach(lane -> assertThat(state(lane).turn() - state(lane).oldestTurn())
                        .as("turns of lane %d that are not swept", lane)
                        .isZero());
    }

    private LaneState state(int lane) {
        return Objects.requireNonNull(
                        simulation.store().session("check").lanes(Set.of(lane)).block())
                .get(lane);
    }

    private List<Change> by(Submission submission) {
        return byActor.getOrDefault(submission.actor(), List.of());
    }

    private List<Change> all() {
        return changes.values().stream().flatMap(List::stream).toList();
    }
}
