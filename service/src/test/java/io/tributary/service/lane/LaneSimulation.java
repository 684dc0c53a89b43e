package io.tributary.service.lane;

import io.tributary.name.DocumentName;
import io.tributary.service.changelog.FakeChangelog;
import io.tributary.service.changelog.PublisherSettings;
import io.tributary.service.changelog.Timeline;
import io.tributary.service.document.DocumentLimits;
import io.tributary.service.document.DocumentState;
import io.tributary.service.lane.Entry.Submission;
import io.tributary.service.store.InMemoryStore;
import io.tributary.service.store.InMemoryStore.Call;
import io.tributary.service.store.InMemoryStore.Fault;
import io.tributary.service.store.LaneHolder;
import io.tributary.write.Batch;
import io.tributary.write.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * Two instances over one store, one changelog and one updates topic, some seconds of their lives: callers and records come,
 * statements fail in all ways that they can, producers die, lanes change hands. All that happens follows from the seed.
 */
final class LaneSimulation {

    static final int LANES = 3;

    private static final int STEPS = 250;
    private static final Duration TRANSACTION_LIMIT = Duration.ofMillis(500);
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

    private final World world;
    private final Random random;
    private final Timeline timeline = new Timeline();
    private final InMemoryStore store;
    private final FakeChangelog.Broker broker = new FakeChangelog.Broker();
    private final FakeUpdates updates = new FakeUpdates();
    private final List<Member> members = new ArrayList<>();
    private final Planning elsewhere =
            new Planning(new CommitClock(timeline), DocumentLimits.DEFAULT, SETTINGS.changes(), SETTINGS.changeBytes());
    private final Map<Integer, InMemoryStore.Holder> held = new HashMap<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<BatchAttempt> batches = new ArrayList<>();
    private final Map<Asker, Caller.GivenUp> givenUp = new HashMap<>();
    private final List<Asker> starved = new ArrayList<>();
    private double faultiness;
    private boolean lookingOn;
    private int tokens;

    /** A caller's batch, and whether it was taken. */
    record BatchAttempt(BatchCall call, Asker asker, Admission admission) {}

    /** An instance, and what connects it to the others. */
    private record Member(Instance instance, FakeChangelog changelog, FakeUpdates.Reader reader, WallClock clock) {}

    /** A machine's clock, which is not quite right and is put right now and then. */
    private final class WallClock implements InstantSource {

        private Duration error = Duration.ZERO;

        @Override
        public Instant instant() {
            return timeline.instant().plus(error);
        }

        void jump() {
            error = Duration.ofMillis(random.nextInt(-50, 50));
        }
    }

    LaneSimulation(long seed) {
        this(seed, World.RIGHT);
    }

    LaneSimulation(long seed, World world) {
        this.world = world;
        random = new Random(seed);
        store = new InMemoryStore(LANES, this::deliver, world.flawsOfTheStore());
        store.alterSessions(world::session);
        store.fail(this::fault);
        members.add(member("one"));
        members.add(member("two"));
    }

    private Member member(String name) {
        FakeChangelog changelog = new FakeChangelog(broker, () -> thread(4));
        FakeUpdates.Reader reader = updates.reader(thread(30), world.flawsOfTheIntake());
        WallClock clock = new WallClock();
        Instance instance = new Instance(
                name, SETTINGS, PUBLISHING, store, world.changelog(changelog), reader, clock, () -> thread(1));
        reader.into(instance.lanes());
        return new Member(instance, changelog, reader, clock);
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
        crowd(random.nextInt(LANES));
        timeline.runFor(RECOVERY);
        lookingOn = true;
    }

    private void happen() {
        switch (random.nextInt(30)) {
            case 0 -> faultiness = random.nextBoolean() ? 0 : random.nextDouble() * 0.5;
            case 1 -> store.carryOutLateOnes();
            case 2 -> any(members).changelog().fail(underWay -> random.nextInt(underWay + 1));
            case 3 -> any(members).changelog().goAway();
            case 4, 5 -> comeBack(any(members).changelog());
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
                    appendAWrite();
                }
            }
            case 19, 20 -> IntStream.rangeClosed(0, random.nextInt(3)).forEach(n -> askForABatch());
            case 21 -> any(members).clock().jump();
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
            InMemoryStore.Holder holder = store.hold(lane);
            held.put(lane, holder);
            if (world.transactionsTimeOut()) {
                thread(1).schedule(holder::close, TRANSACTION_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private void freeALane() {
        int lane = random.nextInt(LANES);
        InMemoryStore.Holder holder = held.remove(lane);
        if (holder != null) {
            switch (random.nextInt(3)) {
                case 0 -> holder.commitTurn();
                case 1 -> writeElsewhere(lane, holder);
                default -> {}
            }
            holder.close();
        }
    }

    /** A write by somebody who is not the lane's owner, but has its lock. */
    private void writeElsewhere(int lane, InMemoryStore.Holder holder) {
        Submission submission = submission();
        while (lane(submission.write()) != lane) {
            submission = submission();
        }
        Asker asker = new Asker();
        List<Entry> entries = List.of(asker.call(submission));
        AtomicReference<@Nullable Plan> planned = new AtomicReference<>();
        boolean taken = holder.commit(Plan.documents(entries), Plan.keys(lane, entries), locked -> {
            Plan plan = new Plan(
                    Map.of(lane, entries), locked.lanes(), elsewhere, locked.loaded(), null, SETTINGS.batchBytes());
            planned.set(plan);
            return plan.commit(plan.lanes().stream().map(each -> each.turn(0)).toList());
        });
        if (taken) {
            attempts.add(new Attempt(submission, asker, Admission.QUEUED));
            planned.get().lanes().forEach(each -> each.answer(members.getFirst().instance()));
        }
    }

    private void appendAWrite() {
        Submission submission = submission();
        int lane = lane(submission.write());
        if (random.nextInt(10) == 0) {
            updates.append((lane + 1) % LANES, new FakeUpdates.Update.Misplaced(submission));
        } else {
            updates.append(lane, submission);
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
        Batch batch = Batch.of("default", writes)
                .withReads(Stream.generate(this::read).limit(random.nextInt(4)).toList());
        var call = BatchCall.of(batch, 100, LaneSimulation::lane, "t" + tokens++, null, asker.caller());
        batches.add(
                new BatchAttempt(call, asker, any(members).instance().lanes().offer(call)));
    }

    /** What somebody reads at this moment, rather where others are busy. */
    private Batch.Read read() {
        DocumentName document = Stream.generate(() -> Drafts.document("d" + random.nextInt(DOCUMENTS)))
                .limit(4)
                .filter(any -> held.containsKey(lane(any)))
                .findFirst()
                .orElseGet(() -> Drafts.document("d" + random.nextInt(DOCUMENTS)));
        DocumentState state = store.now(document);
        return new Batch.Read(state.name(), state.visibleVersion());
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
        Write write = number < IDS ? keyed(id, number).withId("id" + number) : write(id, random);
        return new Submission(write, 100, "t" + tokens++, null);
    }

    /** One of them is refused at one time and would be applied at another. */
    private static Write keyed(String id, int number) {
        return number == 1 ? Drafts.create(id) : write(id, new Random(number));
    }

    private static Write write(String id, Random choice) {
        return switch (choice.nextInt(10)) {
            case 0 -> Drafts.delete(id);
            case 1 -> Drafts.refused(id);
            case 2 -> Drafts.replace(id, "x".repeat(choice.nextInt(2_000)));
            case 3 -> Drafts.create(id);
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

    private void comeBack(FakeChangelog changelog) {
        if (world.deliveryTimesOut()) {
            changelog.comeBackTooLate();
        } else {
            changelog.comeBack();
        }
    }

    /** Somebody has a lane again and again for a while, and is next in line for it before letting go. */
    private void crowd(int lane) {
        LaneHolder holder = store.hold(lane);
        for (int times = 0; times < 400; times++) {
            timeline.runFor(Duration.ofMillis(5));
            LaneHolder next = store.hold(lane);
            holder.close();
            holder = next;
        }
        attempts.stream().filter(this::isWaiting).map(Attempt::asker).forEach(starved::add);
        batches.stream()
                .filter(attempt -> attempt.admission() == Admission.QUEUED)
                .map(BatchAttempt::asker)
                .filter(asker -> asker.answers().isEmpty())
                .forEach(starved::add);
        holder.close();
    }

    private boolean isWaiting(Attempt attempt) {
        return attempt.admission() == Admission.QUEUED
                && attempt.asker().answers().isEmpty()
                && givenUp(attempt) == null;
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

    /** Those who waited in vain while somebody else was busy with their lane, too. */
    List<Asker> starved() {
        return starved;
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
