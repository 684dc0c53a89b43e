package io.tributary.service.lane;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tributary.json.ValueJson;
import io.tributary.name.DocumentName;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.DocumentState.Lifetime;
import io.tributary.service.store.Commit;
import io.tributary.service.store.LaneState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One serial order of writes. {@link #offer} is for any thread; everything else belongs to the thread of the lane's
 * committer.
 */
final class Lane {

    /**
     * What a lane is to this instance.
     *
     * <p>Volatile for {@link #offer}, which may see it a moment late: an entry that slips into a lane that has just closed
     * is answered by the committer.
     */
    enum Ownership {
        /** Another instance's, or nobody's. */
        FOREIGN,
        /** Assigned to this instance, and about to be taken over: callers' writes wait for that. */
        WANTED,
        /** Taken over. */
        OPEN,
        /** Given up for a fault that an operator has to look at. */
        STOPPED
    }

    /** What a document takes in the cache besides: its name, its lifetime and the cache's own objects, in bytes. */
    private static final int BESIDE_ITS_JSON = 320;

    private final int number;
    private final Budget budget;
    private final ArrayBlockingQueue<Queued> calls;
    private final ArrayBlockingQueue<Queued> inputs;
    private final Deque<Queued> first = new ArrayDeque<>();

    /** Batches that are records and were put back; all records that wait come after them. */
    private final Deque<Queued> firstBatches = new ArrayDeque<>();

    private final Cache<DocumentName, Cached> cache;

    private volatile boolean assigned;
    private volatile Ownership ownership = Ownership.FOREIGN;

    /** The epoch at which the lane was last opened. */
    private volatile long openedAt;

    private @Nullable LaneState state;
    private Care care = Care.NONE;

    /**
     * @param epoch the epoch of the lane's opening that a record was read for; 0 for a caller's
     */
    private record Queued(Entry entry, long epoch, long sinceNanos) {}

    /**
     * A document as the store has it: its JSON takes a fraction of what its fields take as objects.
     *
     * @param data null for a tombstone
     */
    private record Cached(
            long version, byte @Nullable [] data, @Nullable Lifetime lifetime) {

        DocumentState state(DocumentName name) {
            return new DocumentState(name, version, data == null ? null : ValueJson.readStored(data), lifetime);
        }

        int bytes() {
            return BESIDE_ITS_JSON + (data == null ? 0 : data.length);
        }
    }

    /**
     * How the next batch has to treat a lane after a failure.
     *
     * @param alone whether the lane is committed without others
     * @param share how many entries it gives
     * @param locked whether it is locked before it is loaded, because somebody else held it when it was not
     * @param strikes how often in a row the store had other versions than the lane
     * @param poisoned the entry, first of those that wait, that the store refuses; null for none
     */
    record Care(
            boolean alone,
            int share,
            boolean locked,
            int strikes,
            @Nullable Entry poisoned) {

        static final Care NONE = new Care(false, Integer.MAX_VALUE, false, 0, null);

        /** By itself, and no more than {@code share} entries. */
        static Care alone(int share) {
            return new Care(true, share, false, 0, null);
        }

        /** By itself, after the store had other versions. */
        Care struck() {
            return new Care(true, Integer.MAX_VALUE, false, strikes + 1, null);
        }

        /** By itself, and under its lock. */
        static Care underLock() {
            return new Care(true, Integer.MAX_VALUE, true, 0, null);
        }

        /** By itself, to be refused. */
        static Care poisoned(Entry entry) {
            return new Care(true, 1, false, 0, entry);
        }
    }

    /** @param budget of what waits in this lane and all others */
    Lane(int number, LaneSettings settings, Budget budget) {
        this.number = number;
        this.budget = budget;
        this.calls = new ArrayBlockingQueue<>(settings.queueLength());
        this.inputs = new ArrayBlockingQueue<>(settings.queueLength());
        this.cache = Caffeine.newBuilder()
                .maximumWeight(settings.cacheBytes() / settings.lanes())
                .<DocumentName, Cached>weigher((name, cached) -> cached.bytes())
                .executor(Runnable::run)
                .build();
    }

    int number() {
        return number;
    }

    /** Whether this instance is to own the lane, whether or not it does at the moment. */
    boolean assigned() {
        return assigned;
    }

    void assigned(boolean assigned) {
        this.assigned = assigned;
    }

    Ownership ownership() {
        return ownership;
    }

    void ownership(Ownership ownership) {
        this.ownership = ownership;
    }

    /** Whether callers are taken in, who are answered once the lane is open, or turned away when it cannot be opened. */
    boolean takesCallers() {
        Ownership now = ownership;
        return now == Ownership.OPEN || now == Ownership.WANTED;
    }

    /** Queues a caller's write. */
    Admission offer(Entry.Call call, long nowNanos) {
        return takesCallers() ? offer(calls, new Queued(call, 0, nowNanos)) : Admission.NOT_HERE;
    }

    /**
     * Queues a record that was read for the opening of the lane at {@code epoch}. Should the lane be closed and opened again
     * at this very moment, it is left out later: its offset is read again.
     */
    Admission offer(Entry record, long epoch, long nowNanos) {
        return ownership == Ownership.OPEN && epoch == openedAt
                ? offer(inputs, new Queued(record, epoch, nowNanos))
                : Admission.NOT_HERE;
    }

    private Admission offer(ArrayBlockingQueue<Queued> queue, Queued queued) {
        long bytes = queued.entry().bytes();
        if (!budget.take(bytes)) {
            return Admission.FULL;
        }
        if (!queue.offer(queued)) {
            budget.give(bytes);
            return Admission.FULL;
        }
        return Admission.QUEUED;
    }

    int waiting() {
        return calls.size() + inputs.size();
    }

    /**
     * Takes what waits, at most {@code most} entries: first what was put back, then callers and records in turn, so that a
     * backlog of records does not starve callers. Callers who are gone are left out, and records that were read for an
     * earlier opening of the lane. A record that is a batch is not taken, nor any behind it.
     */
    List<Entry> take(int most, WaitListener listener) {
        List<Entry> taken = new ArrayList<>();
        boolean callFirst = true;
        while (taken.size() < most) {
            Queued next = first.poll();
            if (next == null) {
                next = callFirst ? either(calls::poll, this::nextRecord) : either(this::nextRecord, calls::poll);
                callFirst = !callFirst;
            }
            if (next == null) {
                return taken;
            }
            budget.give(next.entry().bytes());
            if (next.entry() instanceof Entry.Call call ? call.caller().begin() : next.epoch() == openedAt) {
                taken.add(next.entry());
                listener.waited(next.sinceNanos());
            }
        }
        return taken;
    }

    private static @Nullable Queued either(Supplier<@Nullable Queued> one, Supplier<@Nullable Queued> other) {
        Queued next = one.get();
        return next != null ? next : other.get();
    }

    private @Nullable Queued nextRecord() {
        return barrier() == null ? inputs.poll() : null;
    }

    /** The batch that no record behind it is taken before; null when the next record is none. */
    private @Nullable Queued barrier() {
        while (true) {
            Queue<Queued> from = firstBatches.isEmpty() ? inputs : firstBatches;
            Queued next = from.peek();
            if (next == null || !(next.entry() instanceof Entry.BatchInput)) {
                return null;
            }
            if (next.epoch() == openedAt) {
                return next;
            }
            from.remove();
            budget.give(next.entry().bytes());
        }
    }

    /** The batch that comes next among the records, none of which waits before it any more; null for none. */
    @Nullable
    BatchCall nextBatch() {
        Queued barrier = barrier();
        return barrier != null
                        && barrier.entry() instanceof Entry.BatchInput(BatchCall batch)
                        && first.stream().allMatch(waiting -> waiting.entry() instanceof Entry.Call)
                ? batch
                : null;
    }

    /** Takes {@link #nextBatch}. */
    void takeBatch() {
        Queued taken = (firstBatches.isEmpty() ? inputs : firstBatches).remove();
        budget.give(taken.entry().bytes());
    }

    /** Puts back a batch that is a record and was not applied, before all records. */
    void putBack(BatchCall batch, long nowNanos) {
        budget.takeAnyhow(batch.bytes());
        firstBatches.addFirst(new Queued(new Entry.BatchInput(batch), openedAt, nowNanos));
    }

    /** Is told since when a taken entry had waited. */
    interface WaitListener {
        void waited(long sinceNanos);
    }

    /** Puts back entries that were certainly not applied, in their order, before everything else that waits. */
    void putBack(List<Entry> entries, long nowNanos) {
        for (Entry entry : entries.reversed()) {
            if (entry instanceof Entry.Call call) {
                call.caller().waitAgain();
            }
            budget.takeAnyhow(entry.bytes());
            first.addFirst(new Queued(entry, openedAt, nowNanos));
        }
    }

    /** Takes all callers out, and all records too when {@code inputsToo}; what stays keeps its order. */
    List<Entry> drain(boolean inputsToo) {
        List<Queued> all = new ArrayList<>(first);
        first.clear();
        calls.drainTo(all);
        if (inputsToo) {
            all.addAll(firstBatches);
            firstBatches.clear();
            inputs.drainTo(all);
        }
        List<Entry> drained = new ArrayList<>();
        for (Queued queued : all) {
            if (inputsToo || queued.entry() instanceof Entry.Call) {
                budget.give(queued.entry().bytes());
                drained.add(queued.entry());
            } else {
                first.addLast(queued);
            }
        }
        return drained;
    }

    /** Whether there is nothing to {@linkplain #take take}. */
    boolean idle() {
        return first.isEmpty() && calls.isEmpty() && (inputs.isEmpty() || barrier() != null);
    }

    /** The state as the newest turn of this owner left it; only while the lane is open. */
    LaneState state() {
        if (state == null) {
            throw new IllegalStateException("lane " + number + " is not open");
        }
        return state;
    }

    void open(LaneState state) {
        firstBatches.forEach(stale -> budget.give(stale.entry().bytes()));
        firstBatches.clear();
        this.state = state;
        this.care = Care.NONE;
        cache.invalidateAll();
        openedAt = state.epoch();
        ownership = Ownership.OPEN;
    }

    /** Adopts the state that a turn, or the raising of the epoch, left behind. */
    void advance(LaneState state) {
        this.state = state;
    }

    void close(Ownership ownership) {
        this.ownership = ownership;
        state = null;
        cache.invalidateAll();
    }

    Care care() {
        return care;
    }

    void care(Care care) {
        this.care = care;
    }

    @Nullable
    DocumentState cached(DocumentName name) {
        Cached cached = cache.getIfPresent(name);
        return cached == null ? null : cached.state(name);
    }

    /** Remembers what is known to be committed. */
    void cache(Commit.Row row) {
        DocumentState state = row.state();
        cache.put(state.name(), new Cached(state.version(), row.data(), state.lifetime()));
    }

    void forgetDocuments() {
        cache.invalidateAll();
    }
}
