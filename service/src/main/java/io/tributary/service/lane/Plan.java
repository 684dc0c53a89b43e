package io.tributary.service.lane;

import io.tributary.name.DocumentName;
import io.tributary.service.document.DocumentState;
import io.tributary.service.store.Commit;
import io.tributary.service.store.IdempotencyKey;
import io.tributary.service.store.LaneState;
import io.tributary.service.store.Loaded;
import io.tributary.service.store.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A batch, applied: what is to be committed, and what its entries are answered once it is. */
final class Plan {

    private final UUID id = UUID.randomUUID();
    private final List<LanePlan> lanes = new ArrayList<>();
    private final Map<Integer, List<Entry>> leftOver = new HashMap<>();
    private final Set<Integer> lost = new HashSet<>();

    /**
     * Applies the entries of each lane in order, until the batch is full.
     *
     * @param batch the entries of each lane
     * @param newest the newest state of the lanes; those that are not in it are lost
     * @param loaded the documents that the entries name, but for those that never existed, and the outcomes of their ids
     * @param poisoned the entry that is to be refused without being tried, null for none
     */
    Plan(
            Map<Integer, List<Entry>> batch,
            Map<Integer, LaneState> newest,
            Planning planning,
            Loaded loaded,
            @Nullable Entry poisoned,
            int bytesAtMost) {
        int bytes = 0;
        for (Map.Entry<Integer, List<Entry>> each : batch.entrySet()) {
            List<Entry> entries = each.getValue();
            LaneState state = newest.get(each.getKey());
            if (state == null) {
                lost.add(each.getKey());
                leftOver.put(each.getKey(), entries);
                continue;
            }
            var lane = new LanePlan(state, planning, stored(entries, loaded), loaded.outcomes());
            int applied = 0;
            while (applied < entries.size() && bytes + lane.bytes() < bytesAtMost) {
                Entry entry = entries.get(applied++);
                lane.apply(entry, entry == poisoned);
            }
            bytes += lane.bytes();
            if (applied > 0) {
                lanes.add(lane);
            }
            leftOver.put(state.lane(), entries.subList(applied, entries.size()));
        }
    }

    private static Map<DocumentName, DocumentState> stored(List<Entry> entries, Loaded loaded) {
        Map<DocumentName, DocumentState> stored = new HashMap<>();
        for (DocumentName name : documents(entries)) {
            DocumentState state = loaded.documents().get(name);
            if (state != null) {
                stored.put(name, state);
            }
        }
        return stored;
    }

    /** The documents that entries write to. */
    static Set<DocumentName> documents(Iterable<Entry> entries) {
        Set<DocumentName> names = new LinkedHashSet<>();
        for (Entry entry : entries) {
            Entry.Submission submission = submission(entry);
            if (submission != null) {
                names.add(submission.write().document());
            }
        }
        return names;
    }

    /** The keys of entries that have an id. */
    static Set<IdempotencyKey> keys(int lane, Iterable<Entry> entries) {
        Set<IdempotencyKey> keys = new LinkedHashSet<>();
        for (Entry entry : entries) {
            Entry.Submission submission = submission(entry);
            IdempotencyKey key = submission == null ? null : submission.key(lane);
            if (key != null) {
                keys.add(key);
            }
        }
        return keys;
    }

    private static Entry.@Nullable Submission submission(Entry entry) {
        return switch (entry) {
            case Entry.Call call -> call.submission();
            case Entry.Input input -> input.submission();
            case Entry.Passed passed -> null;
            case Entry.BatchInput batch -> null;
        };
    }

    /** Whether every entry is planned: none is left over, and no lane is lost. */
    boolean isWhole() {
        return lost.isEmpty() && leftOver.values().stream().allMatch(List::isEmpty);
    }

    /** What this makes of a document; null when it does not change it. */
    @Nullable
    DocumentState changed(int lane, DocumentName document) {
        return find(lane).map(plan -> plan.changed(document)).orElse(null);
    }

    /** The outcome that an id has once this is committed; null when this does not know of any. */
    Loaded.@Nullable Outcome remembered(IdempotencyKey key) {
        return find(key.lane()).map(plan -> plan.remembered(key)).orElse(null);
    }

    private Optional<LanePlan> find(int lane) {
        return lanes.stream().filter(plan -> plan.lane() == lane).findFirst();
    }

    UUID id() {
        return id;
    }

    List<LanePlan> lanes() {
        return lanes;
    }

    /** The entries that did not fit, by lane. */
    Map<Integer, List<Entry>> leftOver() {
        return leftOver;
    }

    /** The lanes that another has taken over, all of whose entries are left over. */
    Set<Integer> lost() {
        return lost;
    }

    Commit commit(List<Turn> turns) {
        List<Commit.Row> rows = new ArrayList<>();
        List<Commit.Remembered> remembered = new ArrayList<>();
        for (LanePlan lane : lanes) {
            rows.addAll(lane.rows());
            remembered.addAll(lane.remembered());
        }
        return new Commit(id, turns, rows, remembered);
    }
}
