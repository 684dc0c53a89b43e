package io.tributary.service.watch;

import io.tributary.change.Change;
import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.kafka.changelog.LaneRecord;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.DocumentState.Lifetime;
import io.tributary.service.document.Documents;
import io.tributary.service.watch.WatchEvent.Content;
import io.tributary.service.watch.WatchEvent.ResetReason;
import io.tributary.service.watch.feed.Hub;
import io.tributary.service.watch.feed.Mark;
import io.tributary.service.watch.feed.Match;
import io.tributary.service.watch.feed.Watched;
import io.tributary.service.watch.feed.Watcher;
import io.tributary.service.watch.log.Positions;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One watch: what it is to tell next. Its reader asks for one event after the other; what it has to fetch for that, a page of
 * the snapshot or a part of the changelog, is fetched when the reader has taken all before. Once it has joined the hub,
 * changes come by themselves, and a reader that takes them too slowly ends it.
 *
 * <p>{@link #next} is for the reader's thread; what the hub and other threads bring is taken under the watch's own lock, which
 * is never held while the hub's is asked for.
 */
public final class Watch implements Watcher {

    private static final Logger log = LoggerFactory.getLogger(Watch.class);

    /** Beyond this many documents whose changes are still to come, no more are read. */
    private static final int MOST_AHEAD = 2_000;

    /** What an event takes beside its content. */
    private static final int EVENT_BYTES = 128;

    /** How many heart-beats a reader may take nothing that is there for it. */
    private static final int PATIENCE = 4;

    private enum Stage {
        WAITING,
        BEGIN_DUE,
        RESET_DUE,
        PAGE_DUE,
        PAGE_COMING,
        JOIN_DUE,
        CATCHING_UP,
        JOINED,
        ENDED
    }

    /** An event that waits; its position is null where it has no token. */
    private record Waiting(
            WatchEvent.Type type, Content content, @Nullable Positions at, int bytes) {}

    private static final Waiting HEART_BEAT = new Waiting(WatchEvent.Type.HEART_BEAT, new Content.Nothing(), null, 0);

    private final Watches watches;
    private final Hub hub;
    private final WatchRequest request;
    private final @Nullable ResumeToken token;
    private final byte[] digest;
    private final int[] lanes;
    private final WatchReader reader;

    private Stage stage = Stage.WAITING;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean heartBeatDue;
    private int untouched;

    private @Nullable Positions reached;
    private @Nullable Positions lastToken;
    private List<Instant> times = List.of();
    private long place;
    private ResetReason resetReason = ResetReason.CHANGES_MISSING;
    private @Nullable Snapshot snapshot;
    private @Nullable CatchUp catchUp;
    private @Nullable Membership membership;
    private boolean synced;
    private boolean toldOfBatch;
    private boolean closed;

    /** Tells the changelog from others; known once the watch begins. */
    private volatile long changelog;

    /** Documents that were told as of a version whose change is still to come, and that version. */
    private final Map<String, Long> ahead = new HashMap<>();

    Watch(Watches watches, Hub hub, WatchRequest request, WatchReader reader) {
        this.watches = watches;
        this.hub = hub;
        this.request = request;
        this.reader = reader;
        this.digest = request.watched().digest();
        this.lanes = hub.lanes(request.watched());
        this.token = request.token() == null ? null : ResumeToken.read(request.token(), digest, lanes.length);
    }

    @Override
    public Watched watched() {
        return request.watched();
    }

    /** The changelog is there. */
    void start() {
        if (passes(Stage.WAITING, Stage.BEGIN_DUE)) {
            reader.ready();
        }
    }

    // ---- for the reader ----

    /** The next event, null when there is none now: then {@link WatchReader#ready} tells when there may be. */
    public @Nullable WatchEvent next() {
        WatchEvent event = poll();
        while (event == null && isAdvanced()) {
            event = poll();
        }
        return event;
    }

    /** Whether nothing more will come. */
    public synchronized boolean isOver() {
        return stage == Stage.ENDED && waiting.isEmpty();
    }

    /** Ends the watch without another word. */
    public void cancel() {
        CatchUp reading;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            stage = Stage.ENDED;
            watches.waitingChanged(-waitingBytes);
            waitingBytes = 0;
            waiting.clear();
            reading = catchUp;
            catchUp = null;
        }
        if (reading != null) {
            reading.stop();
        }
        hub.forget(this);
        watches.ended(this);
    }

    private @Nullable WatchEvent poll() {
        Waiting next = taken();
        if (next == null) {
            return null;
        }
        Positions at = next.at();
        String resumption = at == null ? null : ResumeToken.write(changelog, digest, lanes, at);
        return new WatchEvent(next.type(), resumption, next.content());
    }

    private synchronized @Nullable Waiting taken() {
        untouched = 0;
        boolean due = heartBeatDue;
        heartBeatDue = false;
        Waiting next = waiting.poll();
        if (next == null) {
            return due ? HEART_BEAT : null;
        }
        waitingBytes -= next.bytes();
        watches.waitingChanged(-next.bytes());
        return next;
    }

    // ---- one step after the other ----

    /** Takes the next step, if one can be taken now; whether another look is worth while. */
    private boolean isAdvanced() {
        Stage due;
        synchronized (this) {
            due = stage;
            if (due == Stage.JOINED && isPageDue()) {
                due = Stage.PAGE_DUE;
            }
        }
        switch (due) {
            case BEGIN_DUE -> begin();
            case RESET_DUE -> beginAgain();
            case PAGE_DUE -> fetchPage();
            case JOIN_DUE -> {
                return isJoinTried();
            }
            case CATCHING_UP -> {
                wakeCatchUp();
                return false;
            }
            case WAITING, PAGE_COMING, JOINED, ENDED -> {
                return false;
            }
        }
        return true;
    }

    private boolean isPageDue() {
        return snapshot != null && !snapshot.isDone() && ahead.size() <= MOST_AHEAD;
    }

    private void begin() {
        changelog = hub.identity();
        if (token == null) {
            beginHere();
        } else if (token.isOf(changelog)) {
            Positions from = token.over(hub.positions(), lanes);
            synchronized (this) {
                membership = membership(false);
                reached = from;
                advance(Stage.BEGIN_DUE, Stage.JOIN_DUE);
            }
        } else {
            reset(ResetReason.OTHER_CHANGELOG);
        }
    }

    private void beginAgain() {
        synchronized (this) {
            tell(WatchEvent.Type.RESET, new Content.OfReason(resetReason), null, EVENT_BYTES);
        }
        watches.wasReset();
        beginHere();
    }

    private void beginHere() {
        Mark mark = hub.mark();
        synchronized (this) {
            snapshot = request.snapshot() ? watches.snapshot(request.watched()) : null;
            membership = membership(request.snapshot());
            ahead.clear();
            synced = false;
            moveTo(mark);
            if (stage != Stage.ENDED) {
                stage = request.snapshot() ? Stage.PAGE_DUE : Stage.JOIN_DUE;
            }
        }
    }

    private @Nullable Membership membership(boolean complete) {
        return request.watched().isFiltered()
                ? new Membership(watches.settings().known(), complete)
                : null;
    }

    private void moveTo(Mark mark) {
        reached = mark.positions();
        times = mark.times();
        place = mark.place();
    }

    /** Leaves the hub, so that what is given out while the page is read is taken behind it. */
    private void fetchPage() {
        Mark mark = hub.leave(this);
        Snapshot reading;
        synchronized (this) {
            if ((stage != Stage.JOINED && stage != Stage.PAGE_DUE) || snapshot == null) {
                return;
            }
            if (stage == Stage.JOINED) {
                moveTo(mark);
            }
            stage = Stage.PAGE_COMING;
            reading = snapshot;
        }
        watches.page(reading.page(), page -> tellPage(reading, page), this::fail);
    }

    private void tellPage(Snapshot read, List<DocumentState> page) {
        synchronized (this) {
            if (stage != Stage.PAGE_COMING) {
                return;
            }
            page.forEach(this::show);
            read.pass(page);
            stage = Stage.JOIN_DUE;
        }
        reader.ready();
    }

    private void show(DocumentState document) {
        Lifetime lifetime = document.lifetime();
        String key = document.name().key();
        if (lifetime != null && lifetime.time().isAfter(times.get(hub.lane(document.name())))) {
            ahead.put(key, document.version());
        }
        boolean matches = document.exists()
                && (!(request.watched() instanceof Watched.OfCollection(var name, var where))
                        || Documents.matches(where, document));
        if (matches) {
            if (membership != null) {
                membership.shown(key);
            }
            tell(
                    WatchEvent.Type.SNAPSHOT,
                    new Content.OfDocument(document),
                    null,
                    EVENT_BYTES + Snapshot.bytes(document));
        }
    }

    private boolean isJoinTried() {
        Positions from;
        long known;
        synchronized (this) {
            from = Objects.requireNonNull(reached);
            known = place;
            place = 0;
        }
        return switch (hub.join(this, new Mark(from, List.of(), known))) {
            case JOINED, MORE -> true;
            case BEHIND -> {
                fallBehind(from);
                yield false;
            }
        };
    }

    private void fallBehind(Positions from) {
        if (passes(Stage.JOIN_DUE, Stage.CATCHING_UP)) {
            watches.catchUp(this, from);
        }
    }

    /** Takes up a reading that may begin now. */
    boolean isCatchingUp(CatchUp reading) {
        synchronized (this) {
            if (stage != Stage.CATCHING_UP) {
                return false;
            }
            catchUp = reading;
        }
        return true;
    }

    private void wakeCatchUp() {
        CatchUp reading;
        synchronized (this) {
            reading = catchUp;
        }
        if (reading != null) {
            reading.wake();
        }
    }

    /** The hub knows what follows. */
    void caughtUp(Positions at) {
        synchronized (this) {
            catchUp = null;
            reached = at;
            advance(Stage.CATCHING_UP, Stage.JOIN_DUE);
        }
        reader.ready();
    }

    /** All has to be told anew. */
    void reset(ResetReason reason) {
        synchronized (this) {
            if (stage == Stage.ENDED) {
                return;
            }
            catchUp = null;
            resetReason = reason;
            stage = Stage.RESET_DUE;
        }
        reader.ready();
    }

    /** Ends the watch with a problem. */
    void fail(Throwable fault) {
        log.warn("A watch of {} ends: {}", request.watched(), fault.toString());
        synchronized (this) {
            if (stage == Stage.ENDED) {
                return;
            }
            Problem problem = Problem.of(ProblemType.UNAVAILABLE, "what is watched cannot be read at the moment");
            tell(WatchEvent.Type.PROBLEM, new Content.OfProblem(problem), null, EVENT_BYTES);
            stage = Stage.ENDED;
        }
        reader.ready();
    }

    /** Ends the watch behind what it has to tell, since the service stops. */
    void finish() {
        hub.forget(this);
        synchronized (this) {
            if (stage == Stage.ENDED) {
                return;
            }
            if (stage == Stage.JOINED && synced && waiting.isEmpty()) {
                tell(WatchEvent.Type.SYNCED, new Content.Nothing(), tokenPlace(), EVENT_BYTES);
            }
            stage = Stage.ENDED;
        }
        reader.ready();
    }

    // ---- for the hub, and for who reads the changelog in its stead ----

    @Override
    public boolean joined(Positions at) {
        synchronized (this) {
            if (stage != Stage.JOIN_DUE) {
                return false;
            }
            stage = Stage.JOINED;
            reached = at.furthest(Objects.requireNonNull(reached));
            sayWhenSynced();
            return true;
        }
    }

    @Override
    public boolean take(LaneRecord record, Match match, Positions after) {
        boolean hasRoom;
        synchronized (this) {
            Positions before = Objects.requireNonNull(reached);
            if (stage == Stage.ENDED || record.sequence() <= before.sequence(record.lane())) {
                return stage != Stage.ENDED;
            }
            Change change = record.change().orElseThrow();
            WatchEvent.Type type = told(record, change, match);
            if (type != null && isTooSlowFor(record)) {
                tell(WatchEvent.Type.SLOW, new Content.Nothing(), tokenPlace(), EVENT_BYTES);
                stage = Stage.ENDED;
                watches.wasSlow();
                hasRoom = false;
            } else {
                reached = after.furthest(before);
                if (type != null) {
                    tell(type, new Content.OfChange(record), tokenPlace(), EVENT_BYTES + record.bytes());
                    toldOfBatch = isOneOfMany(change);
                }
                if (!isOneOfMany(change)) {
                    sayWhenSynced();
                }
                hasRoom = hasRoom() || mayBeTooSlow();
                if (!hasRoom && stage == Stage.JOINED) {
                    stage = Stage.JOIN_DUE;
                }
            }
        }
        reader.ready();
        return hasRoom;
    }

    private WatchEvent.@Nullable Type told(LaneRecord record, Change change, Match match) {
        if (snapshot != null && !snapshot.hasPassed(change.document())) {
            return null;
        }
        Long shown = ahead.get(record.key());
        if (shown != null) {
            if (change.version() >= shown) {
                ahead.remove(record.key());
            }
            if (change.version() <= shown) {
                return null;
            }
        }
        return membership == null ? WatchEvent.Type.CHANGE : membership.told(record.key(), match);
    }

    /** Only who has had everything can be too slow; others fall behind and catch up. */
    private boolean mayBeTooSlow() {
        return stage == Stage.JOINED && synced;
    }

    private boolean isTooSlowFor(LaneRecord record) {
        return mayBeTooSlow()
                && !waiting.isEmpty()
                && (waitingBytes + record.bytes() > watches.settings().waitingBytes() || watches.isFull());
    }

    /** Nothing may stand between changes that were committed together. */
    private static boolean isOneOfMany(Change change) {
        Change.Batch batch = change.origin().batch();
        return batch != null && batch.size() > 1;
    }

    @Override
    public void wholeBatch(Positions after) {
        synchronized (this) {
            if (synced && toldOfBatch && stage != Stage.ENDED) {
                tell(WatchEvent.Type.SYNCED, new Content.Nothing(), tokenPlace(), EVENT_BYTES);
            }
            toldOfBatch = false;
            sayWhenSynced();
        }
        reader.ready();
    }

    @Override
    public void missed() {
        reset(ResetReason.CHANGES_MISSING);
    }

    /** Whether something more may wait. */
    synchronized boolean hasRoom() {
        return waitingBytes < watches.settings().waitingBytes();
    }

    /**
     * It is time that the reader hears something.
     *
     * @param given how far the changelog was given out, at some time since the last heart-beat; null while it is not read
     */
    void beat(@Nullable Positions given) {
        boolean forsaken;
        synchronized (this) {
            heartBeatDue = true;
            untouched = waiting.isEmpty() ? 0 : untouched + 1;
            forsaken = untouched > PATIENCE;
            sayWhenSynced();
            Positions before = reached;
            if (given != null
                    && before != null
                    && stage == Stage.JOINED
                    && synced
                    && waiting.isEmpty()
                    && given.reach(before)) {
                reached = given;
                if (isNews(given)) {
                    tell(WatchEvent.Type.SYNCED, new Content.Nothing(), tokenPlace(), EVENT_BYTES);
                }
            }
        }
        if (forsaken) {
            reader.hangUp();
        } else {
            reader.ready();
        }
    }

    private boolean isNews(Positions given) {
        Positions last = lastToken;
        for (int lane : lanes) {
            if (last == null || last.sequence(lane) != given.sequence(lane)) {
                return true;
            }
        }
        return false;
    }

    // ---- under the lock ----

    private void sayWhenSynced() {
        if (stage == Stage.JOINED && !synced && (snapshot == null || snapshot.isDone()) && ahead.isEmpty()) {
            synced = true;
            times = List.of();
            tell(WatchEvent.Type.SYNCED, new Content.Nothing(), tokenPlace(), EVENT_BYTES);
        }
    }

    /** The place to go on at, null while some documents are told ahead of it or not at all. */
    private @Nullable Positions tokenPlace() {
        return (snapshot == null || snapshot.isDone()) && ahead.isEmpty() ? reached : null;
    }

    private void tell(WatchEvent.Type type, Content content, @Nullable Positions at, int bytes) {
        waiting.add(new Waiting(type, content, at, bytes));
        waitingBytes += bytes;
        watches.waitingChanged(bytes);
        if (at != null) {
            lastToken = at;
        }
    }

    private synchronized boolean passes(Stage from, Stage to) {
        boolean passes = stage == from;
        if (passes) {
            stage = to;
        }
        return passes;
    }

    private void advance(Stage from, Stage to) {
        if (stage == from) {
            stage = to;
        }
    }

    /** What is watched. */
    @Override
    public String toString() {
        return request.watched().toString();
    }
}
