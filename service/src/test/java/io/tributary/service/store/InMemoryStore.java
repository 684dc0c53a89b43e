package io.tributary.service.store;

import io.tributary.name.CollectionName;
import io.tributary.name.DocumentName;
import io.tributary.service.document.DocumentState;
import io.tributary.service.store.MemoryTables.Fence;
import io.tributary.service.store.StoreException.Kind;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A store in memory that locks lanes, fences and judges like PostgreSQL; {@link StoreContract} holds for both.
 *
 * <p>Statements run one after another, each at one moment; only those that wait for a lane let others pass. Answers go
 * through an executor, so that a simulation decides when they arrive. Faults can be asked for statement by statement.
 */
public final class InMemoryStore implements Store {

    /** The kinds of statements, for faults. */
    public enum Call {
        LOAD,
        COMMIT,
        COMMIT_LOCKED,
        LANES,
        TAKE_OVER,
        FENCE,
        COMMIT_ID,
        TURNS,
        SWEEP,
        READ
    }

    /** What can become of a statement. */
    public enum Fault {
        /** It is carried out and answered. */
        NONE,
        /** It is not carried out, and says so: a lock or time limit. */
        NOT_APPLIED,
        /** It is not carried out, and says so: no connection. */
        AWAY,
        /** It is not carried out, and nobody knows. */
        REQUEST_LOST,
        /** It is carried out, and nobody knows. */
        ANSWER_LOST,
        /** Nobody knows, and it is carried out at {@link InMemoryStore#carryOutLateOnes}, or at once where it has locks. */
        LATE
    }

    /** What statements do wrong whose SQL was written wrong. For tests of tests: a right store has none. */
    public enum Flaw {
        /** A commit reads the epoch as of its beginning instead of locking the lane at it. */
        FENCED_BY_A_SUBSELECT,
        /** Documents that do not fit are passed over; whoever asked may count them afterwards. */
        COUNTED_BY_THE_CLIENT,
        /** The check is computed when the statement is planned, and fails. */
        CHECK_FOLDED_INTO_A_CONSTANT,
        /** Documents are overwritten whatever version they have. */
        VERSIONS_UNCHECKED,
        /** What is planned on was read before the locks were there. */
        LOADED_WITH_THE_LOCK,
        /** What is planned on was read before the locks were there, but for the documents that are then written. */
        READ_WITHOUT_LOCKS,
        /** The state that an owner begins with was read before the epoch was raised. */
        TAKEN_OVER_IN_ONE_STATEMENT,
        /** A turn may have an earlier time than the one before. */
        TIMES_UNCHECKED
    }

    private final MemoryTables tables;
    private final Set<Flaw> flaws;
    private final LaneLocks locks = new LaneLocks();
    private final Executor answers;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger submitted = new AtomicInteger();
    private final Map<Call, Queue<Fault>> next = new EnumMap<>(Call.class);
    private final Queue<Runnable> late = new ArrayDeque<>();
    private Function<Call, Fault> faults = call -> Fault.NONE;
    private UnaryOperator<Session> alteration = UnaryOperator.identity();

    /** A store that answers at once, on the thread that asks. */
    public InMemoryStore(int lanes) {
        this(lanes, Runnable::run);
    }

    /** @param answers delivers the answers */
    public InMemoryStore(int lanes, Executor answers) {
        this(lanes, answers, Set.of());
    }

    /** @param flaws what is wrong with it */
    public InMemoryStore(int lanes, Executor answers, Set<Flaw> flaws) {
        this.tables = new MemoryTables(lanes, flaws);
        this.flaws = flaws;
        this.answers = answers;
    }

    /** Lets the next statement of a kind that has no fault yet end so; may be called several times for several. */
    public void failNext(Call call, Fault fault) {
        serially(() -> next.computeIfAbsent(call, unused -> new ArrayDeque<>()).add(fault));
    }

    /** Decides on the faults of all statements for which there is no {@link #failNext}. */
    public void fail(Function<Call, Fault> decision) {
        serially(() -> faults = decision);
    }

    /** Refuses every commit with this document from now on, as a server refuses a value. */
    public void refuse(DocumentName document) {
        serially(() -> tables.refuse(document));
    }

    /** Removes the row of a document, if it is deleted. */
    public void purge(DocumentName document) {
        serially(() -> tables.purge(document));
    }

    /** Carries out the statements that were {@link Fault#LATE}. */
    public void carryOutLateOnes() {
        serially(() -> {
            for (Runnable effect = late.poll(); effect != null; effect = late.poll()) {
                effect.run();
            }
        });
    }

    /** Somebody elsewhere who can do more than an empty turn. */
    public interface Holder extends LaneHolder {

        /** Writes what is planned on the lane and its documents as they are; false when it does not have the lane, or fails. */
        boolean commit(
                Collection<DocumentName> documents, Collection<IdempotencyKey> keys, Function<Locked, Commit> plan);
    }

    /** Locks a lane as a transaction elsewhere does that sits there. */
    public Holder hold(int lane) {
        Object holder = new Object();
        serially(() -> locks.lock(holder, only(lane), () -> {}));
        return new Holder() {
            @Override
            public boolean commit(
                    Collection<DocumentName> documents,
                    Collection<IdempotencyKey> keys,
                    Function<Locked, Commit> plan) {
                CompletableFuture<Boolean> taken = new CompletableFuture<>();
                serially(() -> {
                    var locked = new Locked(tables.states(Set.of(lane)), tables.load(documents, keys));
                    complete(
                            taken,
                            () -> !tables.commit(
                                            plan.apply(locked), tables.fence(), free -> locks.isHeldBy(holder, free))
                                    .taken()
                                    .isEmpty());
                });
                return taken.exceptionally(failed -> false).join();
            }

            @Override
            public void commitTurn() {
                serially(() -> tables.commit(
                        Batches.of(Batches.next(tables.state(lane), 0)),
                        tables.fence(),
                        free -> locks.isFreeFor(holder, free)));
            }

            @Override
            public boolean isWaitedFor() {
                CompletableFuture<Boolean> waits = new CompletableFuture<>();
                serially(() -> waits.complete(locks.anybodyWaits()));
                return waits.join();
            }

            @Override
            public void close() {
                serially(() -> locks.release(holder));
            }
        };
    }

    /** Puts something between the store and those who open sessions from now on. */
    public void alterSessions(UnaryOperator<Session> alteration) {
        this.alteration = alteration;
    }

    /** A document as it is at this moment. */
    public DocumentState now(DocumentName name) {
        return tables.document(name);
    }

    /** All commits so far, one after another, each as the last states of the documents that it wrote. */
    public List<List<DocumentState>> commits() {
        return List.copyOf(tables.commits());
    }

    @Override
    public Session session(String name) {
        return alteration.apply(new MemorySession());
    }

    @Override
    public Mono<DocumentState> document(DocumentName name) {
        return answered(Call.READ, at(() -> tables.document(name)));
    }

    @Override
    public Mono<Map<IdempotencyKey, Loaded.Outcome>> outcomes(Collection<IdempotencyKey> keys) {
        return answered(Call.READ, at(() -> tables.load(List.of(), keys).outcomes()));
    }

    @Override
    public Mono<List<DocumentState>> documents(List<DocumentName> names, long maxBytes) {
        return answered(Call.READ, at(() -> tables.documents(names, maxBytes)));
    }

    @Override
    public Mono<List<DocumentState>> page(CollectionName collection, @Nullable String after, int limit) {
        return answered(Call.READ, at(() -> tables.page(collection, after, limit)));
    }

    @Override
    public Mono<String> lastId(CollectionName collection) {
        return answered(Call.READ, at(() -> tables.lastId(collection)));
    }

    @Override
    public Mono<List<OwnedLane>> lanes() {
        return answered(Call.READ, at(tables::lanes));
    }

    @Override
    public Mono<Void> ping() {
        return answered(Call.READ, at(() -> null));
    }

    @Override
    public Mono<Void> close() {
        return Mono.empty();
    }

    /** An effect that happens when its turn comes. */
    private static <T> Consumer<CompletableFuture<T>> at(Supplier<@Nullable T> result) {
        return answer -> answer.complete(result.get());
    }

    /** An effect that waits for lanes, has them for a moment and frees them. */
    private <T> Consumer<CompletableFuture<T>> under(
            Supplier<SortedSet<Integer>> lanes, Function<Object, @Nullable T> result) {
        return answer -> {
            Object holder = new Object();
            locks.lock(holder, lanes.get(), () -> {
                complete(answer, () -> result.apply(holder));
                locks.release(holder);
            });
        };
    }

    private <T> Mono<T> answered(Call call, Consumer<CompletableFuture<T>> effect) {
        return Mono.fromFuture(() -> answer(result -> carryOut(call, effect, result)), true);
    }

    private <T> CompletableFuture<T> answer(Consumer<CompletableFuture<T>> statement) {
        CompletableFuture<T> result = new CompletableFuture<>();
        serially(() -> statement.accept(result));
        CompletableFuture<T> answer = new CompletableFuture<>();
        result.whenComplete((value, failure) -> answers.execute(() -> {
            if (failure == null) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(failure);
            }
        }));
        return answer;
    }

    private <T> void carryOut(Call call, Consumer<CompletableFuture<T>> effect, CompletableFuture<T> result) {
        carryOut(faultOf(call), effect, result);
    }

    private Fault faultOf(Call call) {
        Queue<Fault> planned = next.getOrDefault(call, new ArrayDeque<>());
        return planned.isEmpty() ? faults.apply(call) : planned.remove();
    }

    private <T> void carryOut(Fault fault, Consumer<CompletableFuture<T>> effect, CompletableFuture<T> result) {
        CompletableFuture<T> unheard = new CompletableFuture<>();
        switch (fault) {
            case NONE -> perform(effect, result);
            case NOT_APPLIED -> result.completeExceptionally(failure(Kind.NOT_APPLIED));
            case AWAY -> result.completeExceptionally(failure(Kind.AWAY));
            case REQUEST_LOST -> result.completeExceptionally(failure(Kind.UNKNOWN));
            case ANSWER_LOST -> {
                perform(effect, unheard);
                result.completeExceptionally(failure(Kind.UNKNOWN));
            }
            case LATE -> {
                late.add(() -> perform(effect, unheard));
                result.completeExceptionally(failure(Kind.UNKNOWN));
            }
        }
    }

    private static <T> void perform(Consumer<CompletableFuture<T>> effect, CompletableFuture<T> result) {
        try {
            effect.accept(result);
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private static <T> void complete(CompletableFuture<T> answer, Supplier<@Nullable T> result) {
        try {
            answer.complete(result.get());
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    private static SortedSet<Integer> only(int lane) {
        return new TreeSet<>(Set.of(lane));
    }

    private static StoreException failure(Kind kind) {
        return new StoreException(kind, "a fault that was asked for", null);
    }

    /** Runs tasks one after another, on the thread of whoever finds none running. */
    private void serially(Runnable task) {
        waiting.add(task);
        if (submitted.getAndIncrement() == 0) {
            do {
                waiting.remove().run();
            } while (submitted.decrementAndGet() != 0);
        }
    }

    private final class MemorySession implements Session {

        private final AtomicBoolean busy = new AtomicBoolean();

        @Override
        public Mono<Loaded> load(Collection<DocumentName> documents, Collection<IdempotencyKey> keys) {
            return alone(Call.LOAD, at(() -> tables.load(documents, keys)));
        }

        @Override
        public Mono<Receipt> commit(Commit commit) {
            Object nobody = new Object();
            return alone(answer -> {
                Fence fence = flaws.contains(Flaw.FENCED_BY_A_SUBSELECT) ? tables.fenceOfNow() : tables.fence();
                carryOut(
                        Call.COMMIT,
                        at(() -> tables.commit(commit, fence, lane -> locks.isFreeFor(nobody, lane))),
                        answer);
            });
        }

        @Override
        public Mono<Receipt> commitLocked(
                Map<Integer, Long> epochs,
                Collection<DocumentName> documents,
                Collection<IdempotencyKey> keys,
                Function<Locked, Commit> plan) {
            return alone(answer -> {
                Fault fault = underLocks(faultOf(Call.COMMIT_LOCKED));
                if (fault == Fault.NOT_APPLIED || fault == Fault.AWAY) {
                    carryOut(fault, unused -> {}, answer);
                } else {
                    planUnderLocks(epochs, documents, keys, plan, fault, answer);
                }
            });
        }

        /** Who is late keeps its locks, so that nobody can tell it from who was in time and was not heard. */
        private static Fault underLocks(Fault fault) {
            return fault == Fault.LATE ? Fault.ANSWER_LOST : fault;
        }

        /** An answer can only be lost once there was a plan: without one there is nothing that could be carried out. */
        private void planUnderLocks(
                Map<Integer, Long> epochs,
                Collection<DocumentName> documents,
                Collection<IdempotencyKey> keys,
                Function<Locked, Commit> plan,
                Fault fault,
                CompletableFuture<Receipt> answer) {
            Object holder = new Object();
            Loaded early = tables.load(documents, keys);
            locks.lock(holder, atTheirEpoch(epochs), () -> {
                Set<Integer> held = atTheirEpoch(epochs);
                perform(
                        planned -> {
                            Loaded loaded = tables.load(documents, keys);
                            Commit commit = plan(plan, tables.states(held), early, loaded);
                            carryOut(fault, at(() -> commitWhole(commit, held, holder)), planned);
                        },
                        answer);
                locks.release(holder);
            });
        }

        private Commit plan(Function<Locked, Commit> plan, Map<Integer, LaneState> lanes, Loaded early, Loaded loaded) {
            if (flaws.contains(Flaw.LOADED_WITH_THE_LOCK)) {
                return plan.apply(new Locked(lanes, early));
            }
            if (flaws.contains(Flaw.READ_WITHOUT_LOCKS)) {
                Map<DocumentName, DocumentState> documents = new HashMap<>(early.documents());
                plan.apply(new Locked(lanes, early)).documents().forEach(row -> {
                    DocumentName name = row.state().name();
                    documents.compute(name, (unused, old) -> loaded.documents().get(name));
                });
                return plan.apply(new Locked(lanes, new Loaded(documents, loaded.outcomes())));
            }
            return plan.apply(new Locked(lanes, loaded));
        }

        private SortedSet<Integer> atTheirEpoch(Map<Integer, Long> epochs) {
            SortedSet<Integer> lanes = new TreeSet<>(epochs.keySet());
            lanes.removeIf(lane -> epochs.get(lane) != ANY_EPOCH && !tables.isAtEpoch(lane, epochs.get(lane)));
            return lanes;
        }

        private Receipt commitWhole(Commit commit, Set<Integer> held, Object holder) {
            if (commit.turns().isEmpty()) {
                return new Receipt(held, Set.of());
            }
            return tables.commitWhole(commit, tables.fence(), lane -> locks.isFreeFor(holder, lane));
        }

        @Override
        public Mono<Map<Integer, LaneState>> lanes(Set<Integer> lanes) {
            return alone(Call.LANES, at(() -> tables.states(lanes)));
        }

        @Override
        public Mono<LaneState> takeOver(int lane, String owner) {
            return alone(answer -> {
                LaneState early = tables.state(lane);
                carryOut(
                        Call.TAKE_OVER,
                        under(() -> only(lane), holder -> {
                            long epoch = tables.raiseEpoch(lane);
                            tables.own(lane, owner);
                            boolean inOne = flaws.contains(Flaw.TAKEN_OVER_IN_ONE_STATEMENT);
                            return inOne ? early.withEpoch(epoch) : tables.state(lane);
                        }),
                        answer);
            });
        }

        @Override
        public Mono<Long> fence(int lane, long epoch) {
            return alone(
                    Call.FENCE,
                    under(() -> only(lane), holder -> tables.isAtEpoch(lane, epoch) ? tables.raiseEpoch(lane) : null));
        }

        @Override
        public Mono<UUID> commitId(int lane, long turn) {
            return alone(Call.COMMIT_ID, at(() -> tables.commitId(lane, turn)));
        }

        @Override
        public Mono<List<StoredTurn>> turns(int lane, long after, int limit) {
            return alone(Call.TURNS, at(() -> tables.turns(lane, after, limit)));
        }

        @Override
        public Mono<Void> sweep(int lane, long from, long to) {
            return alone(Call.SWEEP, at(() -> {
                tables.sweep(lane, from, to);
                return null;
            }));
        }

        @Override
        public Mono<Void> close() {
            return Mono.empty();
        }

        private <T> Mono<T> alone(Call call, Consumer<CompletableFuture<T>> effect) {
            return alone(result -> carryOut(call, effect, result));
        }

        private <T> Mono<T> alone(Consumer<CompletableFuture<T>> statement) {
            return Mono.fromFuture(
                    () -> busy.compareAndSet(false, true)
                            ? answer(statement).whenComplete((value, failure) -> busy.set(false))
                            : CompletableFuture.failedFuture(
                                    new IllegalStateException("a statement of this session is still under way")),
                    true);
        }
    }
}
