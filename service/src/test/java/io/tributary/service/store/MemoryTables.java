package io.tributary.service.store;

import io.tributary.json.ValueJson;
import io.tributary.name.CollectionName;
import io.tributary.name.DocumentName;
import io.tributary.service.document.DocumentState;
import io.tributary.service.store.InMemoryStore.Flaw;
import io.tributary.service.store.StoreException.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of the store in memory, and what its statements do to them. Each method is a statement of its own. */
final class MemoryTables {

    private static final Instant BEFORE_ALL = Instant.parse("2000-01-01T00:00:00Z");

    private final Map<Integer, Long> epochs = new HashMap<>();
    private final Map<Integer, String> owners = new HashMap<>();
    private final Map<Integer, NavigableMap<Long, KeptTurn>> turns = new HashMap<>();
    private final NavigableMap<DocumentName, DocumentState> documents = new TreeMap<>();
    private final Map<IdempotencyKey, Loaded.Outcome> outcomes = new HashMap<>();
    private final Set<DocumentName> refused = new HashSet<>();

    private final Set<Flaw> flaws;

    /** The commits in their order, each as the states that it has left behind. */
    private final List<List<DocumentState>> commits = new ArrayList<>();

    /** Knows whether a lane is at an epoch. */
    interface Fence {

        boolean isAt(int lane, long epoch);
    }

    MemoryTables(int lanes, Set<Flaw> flaws) {
        this.flaws = flaws;
        for (int lane = 0; lane < lanes; lane++) {
            epochs.put(lane, 0L);
            Turn first = new Turn(lane, 0, 0, 0, 0, 0, BEFORE_ALL, new byte[0], 1, 0);
            turns.put(lane, new TreeMap<>(Map.of(0L, new KeptTurn(first, UUID.randomUUID()))));
        }
    }

    void refuse(DocumentName document) {
        refused.add(document);
    }

    void purge(DocumentName document) {
        documents.computeIfPresent(document, (name, state) -> state.isTombstone() ? null : state);
    }

    boolean isAtEpoch(int lane, long epoch) {
        return fence().isAt(lane, epoch);
    }

    Fence fence() {
        return fence(epochs);
    }

    /** Knows for ever what is true at this moment. */
    Fence fenceOfNow() {
        return fence(Map.copyOf(epochs));
    }

    private static Fence fence(Map<Integer, Long> epochs) {
        return (lane, epoch) -> epochs.getOrDefault(lane, -1L) == epoch;
    }

    List<List<DocumentState>> commits() {
        return commits;
    }

    /** Writes the lanes that it can take, and nothing for the others. */
    Receipt commit(Commit commit, Fence fence, IntPredicate lockable) {
        return commit(commit, fence, lockable, false);
    }

    /** Writes all lanes or nothing. */
    Receipt commitWhole(Commit commit, Fence fence, IntPredicate lockable) {
        return commit(commit, fence, lockable, true);
    }

    private Receipt commit(Commit commit, Fence fence, IntPredicate lockable, boolean whole) {
        Set<Integer> held = commit.turns().stream()
                .filter(turn -> fence.isAt(turn.lane(), turn.epoch()) && lockable.test(turn.lane()))
                .map(Turn::lane)
                .collect(Collectors.toSet());
        List<Turn> turns = commit.turns().stream()
                .filter(turn -> held.contains(turn.lane()) && follows(turn))
                .toList();
        Set<Integer> taken = turns.stream().map(Turn::lane).collect(Collectors.toSet());
        List<Commit.Row> rows = commit.documents().stream()
                .filter(row -> taken.contains(row.lane()))
                .toList();
        check(rows);
        if (whole && turns.size() < commit.turns().size()) {
            return new Receipt(held, Set.of());
        }
        List<DocumentState> written = rows.stream()
                .filter(row -> !flaws.contains(Flaw.COUNTED_BY_THE_CLIENT) || fits(row))
                .map(Commit.Row::state)
                .toList();
        written.forEach(state -> documents.put(state.name(), state));
        commits.add(written);
        commit.outcomes().stream()
                .filter(outcome -> taken.contains(outcome.lane()))
                .forEach(this::remember);
        turns.forEach(turn -> write(turn, commit.id()));
        return new Receipt(held, taken);
    }

    private boolean follows(Turn turn) {
        NavigableMap<Long, KeptTurn> kept = turns.get(turn.lane());
        KeptTurn last = kept.get(turn.turn() - 1);
        return last != null
                && !kept.containsKey(turn.turn())
                && last.turn().sequence() == turn.sequence() - turn.records()
                && last.turn().nextOffset() <= turn.nextOffset()
                && (last.turn().at().isBefore(turn.at()) || flaws.contains(Flaw.TIMES_UNCHECKED));
    }

    private void check(List<Commit.Row> rows) {
        if (rows.stream().anyMatch(row -> refused.contains(row.state().name()))) {
            throw new StoreException(Kind.REFUSED, "the store was told to refuse a document of this commit", null);
        }
        boolean refused = flaws.contains(Flaw.CHECK_FOLDED_INTO_A_CONSTANT) && !rows.isEmpty()
                || isChecked() && !rows.stream().allMatch(this::fits);
        if (refused) {
            throw new StoreException(Kind.WRONG_VERSION, "a document has another version than expected", null);
        }
    }

    private boolean isChecked() {
        return !flaws.contains(Flaw.VERSIONS_UNCHECKED) && !flaws.contains(Flaw.COUNTED_BY_THE_CLIENT);
    }

    private boolean fits(Commit.Row row) {
        DocumentState stored = documents.get(row.state().name());
        return stored == null ? row.previous() == 0 || row.ofTombstone() : stored.version() == row.previous();
    }

    private void remember(Commit.Remembered remembered) {
        outcomes.put(remembered.key(), new Loaded.Outcome(remembered.fingerprint(), remembered.outcome()));
    }

    private void write(Turn turn, UUID commitId) {
        turns.get(turn.lane()).put(turn.turn(), new KeptTurn(turn, commitId));
        sweep(turn.lane(), turn.sweepFrom(), turn.sweepTo());
    }

    Loaded load(Collection<DocumentName> names, Collection<IdempotencyKey> keys) {
        Map<DocumentName, DocumentState> states = new HashMap<>(documents);
        states.keySet().retainAll(Set.copyOf(names));
        Map<IdempotencyKey, Loaded.Outcome> remembered = new HashMap<>(outcomes);
        remembered.keySet().retainAll(Set.copyOf(keys));
        return new Loaded(states, remembered);
    }

    Map<Integer, LaneState> states(Set<Integer> lanes) {
        return lanes.stream().filter(epochs::containsKey).collect(Collectors.toMap(lane -> lane, this::state));
    }

    List<OwnedLane> lanes() {
        return epochs.keySet().stream()
                .sorted()
                .map(lane -> new OwnedLane(owners.get(lane), state(lane)))
                .toList();
    }

    void own(int lane, String owner) {
        owners.put(lane, owner);
    }

    LaneState state(int lane) {
        NavigableMap<Long, KeptTurn> kept = turns.get(lane);
        Turn newest = kept.lastEntry().getValue().turn();
        return new LaneState(
                lane,
                epochs.get(lane),
                newest.turn(),
                newest.sequence(),
                newest.nextOffset(),
                newest.at(),
                kept.firstKey());
    }

    long raiseEpoch(int lane) {
        return epochs.merge(lane, 1L, Long::sum);
    }

    @Nullable
    UUID commitId(int lane, long turn) {
        KeptTurn kept = turns.get(lane).get(turn);
        return kept == null ? null : kept.commitId();
    }

    List<StoredTurn> turns(int lane, long after, int limit) {
        return turns.get(lane).tailMap(after, false).values().stream()
                .map(KeptTurn::turn)
                .filter(turn -> turn.records() > 0 || turn.payload().length > 0)
                .limit(limit)
                .map(turn ->
                        new StoredTurn(lane, turn.turn(), turn.sequence(), turn.records(), turn.at(), turn.payload()))
                .toList();
    }

    void sweep(int lane, long from, long to) {
        NavigableMap<Long, KeptTurn> kept = turns.get(lane);
        long last = Math.min(to, kept.lastKey() - 1);
        if (from <= last) {
            kept.subMap(from, true, last, true).clear();
        }
    }

    DocumentState document(DocumentName name) {
        return documents.getOrDefault(name, DocumentState.missing(name));
    }

    @Nullable
    List<DocumentState> documents(List<DocumentName> names, long maxBytes) {
        List<DocumentState> found = names.stream().map(this::document).toList();
        long bytes = names.stream()
                .distinct()
                .map(name -> document(name).data())
                .filter(Objects::nonNull)
                .mapToLong(ValueJson::size)
                .sum();
        return bytes <= maxBytes ? found : null;
    }

    List<DocumentState> page(CollectionName collection, @Nullable String after, int limit) {
        List<DocumentState> page = new ArrayList<>();
        for (DocumentState state : documents.values()) {
            DocumentName name = state.name();
            boolean behind = after == null || name.compareTo(collection.document(after)) > 0;
            if (page.size() < limit && name.parent().equals(collection) && behind && state.exists()) {
                page.add(state);
            }
        }
        return page;
    }

    @Nullable
    String lastId(CollectionName collection) {
        return documents.keySet().stream()
                .filter(name -> name.parent().equals(collection))
                .reduce((earlier, later) -> later)
                .map(DocumentName::id)
                .orElse(null);
    }

    private record KeptTurn(Turn turn, UUID commitId) {}
}
