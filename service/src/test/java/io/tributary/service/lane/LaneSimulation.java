package io.tributary.service.lane;

import io.tributary.name.DocumentName;
import io.tributary.service.changelog.FakeChangelog;
import io.tributary.service.changelog.PublisherSettings;
import io.tributary.service.changelog.Timeline;
import io.tributary.service.lane.Entry.Submission;
import io.tributary.service.store.InMemoryStore;
import io.tributary.service.store.InMemoryStore.Call;
import io.tributary.service.store.InMemoryStore.Fault;
import io.tributary.service.store.LaneHolder;
import io.tributary.write.Batch;
import io.tributary.write.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * Two instances over one store, one changelog and one updates topic, some seconds of their lives: callers and records come,
 * statements fail in all ways that they can, producers die, lanes change hands. All that happens follows from the seed.
 */
final class LaneSimulation {

    static final int LANES = 3;

    private static final int STEPS = 250;
    private static final Duration RECOVERY = Duration.ofSeconds(20);
    private static final int DOCUMENTS = 7;
    private static final int IDS = 4;

    private static final LaneSettings SETTINGS = new LaneSettings(
            LANES,
            2,
            8,
            // Room for some ten writes in all lanes: now a lane's queue is full first, now this.
            10_000,
            // Few enough that more than one batch waits now and then.
            4,
            3_000,
            LANES * 1_500,
            100_000,
            new LaneSettings.ChangeContent(false, true),
            Duration.ofMillis(5));
    private static final PublisherSettings PUBLISHING =
            new PublisherSettings(Duration.ofMillis(300), 4_000, 3, Duration.ofMillis(10), Duration.ofMillis(500));

    /** A caller's try. */
    record Attempt(Submission submission, Asker asker, Admission admission) {}

    private final Random random;
    private final Timeline timeline = new Timeline();
    private final InMemoryStore store;
    private final FakeChangelog.Broker broker = new FakeChangelog.Broker();
    private final FakeUpdates updates = new FakeUpdates();
    private final List<Member> members = new ArrayList<>();
    private final Map<Integer, LaneHolder> held = new HashMap<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<BatchAttempt> batches = new ArrayList<>();
    private final Map<Asker, Caller.GivenUp> givenUp = new HashMap<>();
    private double faultiness;
    private boolean lookingOn;
    private int tokens;

    /** A caller's batch, and whether it was taken. */
    record BatchAttempt(BatchCall call, Asker asker, Admission admission) {}

    /** An instance, and what connects it to the others. */
    private record Member(Instance instance, FakeChangelog changelog, FakeUpdates.Reader reader) {}

    LaneSimulation(long seed) {
        random = new Random(seed);
        store = new InMemoryStore(LANES, this::deliver);
        store.fail(this::fault);
        members.add(member("one"));
        members.add(member("two"));
    }

    private Member member(String name) {
        FakeChangelog changelog = new FakeChangelog(broker, () -> thread(4));
        FakeUpdates.Reader reader = updates.reader(thread(30));
        Instance instance =
                new Instance(name, SETTINGS, PUBLISHING, store, changelog, reader, timeline, () -> thread(1));
        reader.into(instance.lanes());
        return new Member(instance, changelog, reader);
    }

    /** A thread that is late by up to so many milliseconds. */
    private Scheduler thread(int latestMillis) {
        return timeline.thread(() -> Duration.ofNanos(random.nextLong(latestMillis * 1_000_000L)));
    }

    private void deliver(Runnable answer) {
        if (lookingOn) {
            answer.run();
        } else {
            thread(6).schedule(answer);
        }
    }

    private Fault fault(Call call) {
        if (lookingOn || random.nextDouble() >= faultiness) {
            return Fault.NONE;
        }
        return Fault.values()[random.nextInt(Fault.values().length)];
    }

    void run() {
        IntStream.range(0, LANES).forEach(lane -> any(members).reader().assign(lane));
        for (int step = 0; step < STEPS; step++) {
            timeline.runFor(Duration.ofNanos(random.nextLong(12_000_000)));
            happen();
        }
        recover();
        timeline.runFor(RECOVERY);
        lookingOn = true;
    }

    private void happen() {
        switch (random.nextInt(29)) {
            case 0 -> faultiness = random.nextBoolean() ? 0 : random.nextDouble() * 0.5;
            case 1 -> store.carryOutLateOnes();
            case 2 -> any(members).changelog().fail(underWay -> random.nextInt(underWay + 1));
            case 3 -> any(members).changelog().goAway();
            case 4, 5 -> any(members).changelog().comeBack();
            case 6, 7 -> moveALane();
            case 8 -> holdALane();
            case 9, 10 -> freeALane();
            case 11 -> giveUp();
            case 12 -> any(members).changelog().refuse(random.nextInt(LANES));
            case 13, 14 -> any(members).changelog().take(random.nextInt(LANES));
            case 15, 16, 17, 18 -> {
                if (random.nextInt(4) == 0) {
                    appendABatch();
                } else {
                    Submission submission = submission();
                    updates.append(lane(submission.write()), submission);
                }
            }
            case 19, 20 -> IntStream.rangeClosed(0, random.nextInt(3)).forEach(n -> askForABatch());
            default -> IntStream.rangeClosed(0, random.nextInt(5)).forEach(n -> ask());
        }
    }

    /** The new owner may begin before the old one hears of it, and the other way round. */
    private void moveALane() {
        int lane = random.nextInt(LANES);
        Member to = any(members);
        to.reader().assign(lane);
        members.stream()
                .filter(member -> member != to)
                .forEach(member -> thread(100).schedule(() -> member.reader().revoke(lane)));
    }

    private void holdALane() {
        int lane = random.nextInt(LANES);
        if (!held.containsKey(lane)) {
            held.put(lane, store.hold(lane));
        }
    }

    private void freeALane() {
        int lane = random.nextInt(LANES);
        LaneHolder holder = held.remove(lane);
        if (holder != null) {
            if (random.nextBoolean()) {
                holder.commitTurn();
            }
            holder.close();
        }
    }

    private void ask() {
        Submission submission = submission();
        Asker asker = new Asker();
        Lanes lanes = any(members).instance().lanes();
        attempts.add(new Attempt(submission, asker, lanes.offer(lane(submission.write()), asker.call(submission))));
    }

    private void askForABatch() {
        List<Write> writes = IntStream.rangeClosed(0, random.nextInt(4))
                .mapToObj(n -> write("d" + random.nextInt(DOCUMENTS), random))
                .toList();
        Asker asker = new Asker();
        var call = BatchCall.of(
                Batch.of("default", writes), 100, LaneSimulation::lane, "t" + tokens++, null, asker.caller());
        batches.add(
                new BatchAttempt(call, asker, any(members).instance().lanes().offer(call)));
    }

    /** The same id stands for the same batch, always. */
    private void appendABatch() {
        int number = random.nextInt(IDS * 4);
        Random choice = number < IDS ? new Random(number) : random;
        List<Write> writes = new ArrayList<>();
        while (writes.isEmpty() || choice.nextInt(3) > 0) {
            writes.add(write("d" + choice.nextInt(DOCUMENTS), choice));
        }
        Batch batch = Batch.of("default", writes);
        if (number < IDS) {
            batch = batch.withId("batch" + number);
        }
        updates.append(lane(writes.getFirst()), new FakeUpdates.Update.Atomic(batch, "t" + tokens++));
    }

    private void giveUp() {
        if (!attempts.isEmpty()) {
            Asker asker = attempts.get(random.nextInt(attempts.size())).asker();
            givenUp.putIfAbsent(asker, asker.caller().giveUp());
        }
    }

    /** A write whose change can be told from all others by its actor. The same id stands for the same write, always. */
    private Submission submission() {
        String id = "d" + random.nextInt(DOCUMENTS);
        int number = random.nextInt(IDS * 4);
        Write write = number < IDS ? write(id, new Random(number)).withId("id" + number) : write(id, random);
        return new Submission(write, 100, "t" + tokens++, null);
    }

    private static Write write(String id, Random choice) {
        return switch (choice.nextInt(10)) {
            case 0 -> Drafts.delete(id);
            case 1 -> Drafts.refused(id);
            case 2 -> Drafts.replace(id, "x".repeat(choice.nextInt(2_000)));
            default -> Drafts.increment(id);
        };
    }

    static int lane(Write write) {
        return lane(write.document());
    }

    static int lane(DocumentName document) {
        return Math.floorMod(document.hashCode(), LANES);
    }

    private void recover() {
        faultiness = 0;
        store.carryOutLateOnes();
        held.values().forEach(LaneHolder::close);
        members.forEach(member -> {
            member.changelog().comeBack();
            IntStream.range(0, LANES).forEach(member.changelog()::take);
        });
        timeline.runFor(Duration.ofMillis(200));
        for (int lane = 0; lane < LANES; lane++) {
            int assigned = lane;
            Member owner = any(members);
            members.stream()
                    .filter(member -> member != owner)
                    .forEach(member -> member.reader().revoke(assigned));
            owner.reader().assign(lane);
        }
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    // ---- what is left behind ----

    InMemoryStore store() {
        return store;
    }

    FakeChangelog.Broker broker() {
        return broker;
    }

    FakeUpdates updates() {
        return updates;
    }

    List<Attempt> attempts() {
        return attempts;
    }

    List<BatchAttempt> batches() {
        return batches;
    }

    /** What a caller who gave up was told; null when it did not. */
    Caller.@Nullable GivenUp givenUp(Attempt attempt) {
        return givenUp.get(attempt.asker());
    }

    List<Instance> instances() {
        return members.stream().map(Member::instance).toList();
    }

    Timeline timeline() {
        return timeline;
    }
}
