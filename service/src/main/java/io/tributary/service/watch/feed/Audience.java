package io.tributary.service.watch.feed;

import io.tributary.change.Change;
import io.tributary.kafka.changelog.LaneRecord;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.Documents;
import io.tributary.write.Filter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Who watches what. Found by the key of a change, so that who watches something else costs nothing; a filter that many have
 * is judged once for all. Not thread-safe.
 */
final class Audience {

    private final Map<String, Set<Watcher>> documents = new HashMap<>();
    private final Map<String, Map<Filter, Set<Watcher>>> collections = new HashMap<>();

    void add(Watcher watcher) {
        switch (watcher.watched()) {
            case Watched.OfDocument(var name) ->
                documents
                        .computeIfAbsent(name.key(), key -> new LinkedHashSet<>())
                        .add(watcher);
            case Watched.OfCollection(var name, var where) ->
                collections
                        .computeIfAbsent(name.toString(), key -> new LinkedHashMap<>())
                        .computeIfAbsent(where, filter -> new LinkedHashSet<>())
                        .add(watcher);
        }
    }

    void remove(Watcher watcher) {
        switch (watcher.watched()) {
            case Watched.OfDocument(var name) ->
                documents.computeIfPresent(name.key(), (key, watchers) -> without(watchers, watcher));
            case Watched.OfCollection(var name, var where) ->
                collections.computeIfPresent(name.toString(), (key, filters) -> {
                    filters.computeIfPresent(where, (filter, watchers) -> without(watchers, watcher));
                    return filters.isEmpty() ? null : filters;
                });
        }
    }

    @SuppressWarnings("NullAway") // null is how a map's function says that the entry goes
    private static Set<Watcher> without(Set<Watcher> watchers, Watcher watcher) {
        watchers.remove(watcher);
        return watchers.isEmpty() ? null : watchers;
    }

    /** Calls {@code heard} with everyone who watches the document of a change, and whether it matches. */
    void of(LaneRecord record, BiConsumer<Watcher, Match> heard) {
        Set<Watcher> ofDocument = documents.get(record.key());
        Map<Filter, Set<Watcher>> ofCollection = collections.get(collection(record.key()));
        if ((ofDocument == null && ofCollection == null) || record.change().isEmpty()) {
            return;
        }
        if (ofDocument != null) {
            List.copyOf(ofDocument).forEach(watcher -> heard.accept(watcher, Match.YES));
        }
        if (ofCollection != null) {
            Change change = record.change().get();
            new ArrayList<>(ofCollection.entrySet()).forEach(filtered -> {
                Match match = match(filtered.getKey(), change);
                List.copyOf(filtered.getValue()).forEach(watcher -> heard.accept(watcher, match));
            });
        }
    }

    /** Everyone. */
    List<Watcher> all() {
        List<Watcher> all = new ArrayList<>();
        documents.values().forEach(all::addAll);
        collections.values().forEach(filters -> filters.values().forEach(all::addAll));
        return all;
    }

    /** Whether a record is a change of what is watched, matching or not. */
    static boolean concerns(Watched watched, LaneRecord record) {
        boolean named = switch (watched) {
            case Watched.OfDocument(var name) -> name.key().equals(record.key());
            case Watched.OfCollection(var name, var where) -> name.toString().equals(collection(record.key()));
        };
        return named && record.change().isPresent();
    }

    static Match match(Watched watched, Change change) {
        return switch (watched) {
            case Watched.OfDocument document -> Match.YES;
            case Watched.OfCollection(var name, var where) -> match(where, change);
        };
    }

    private static Match match(Filter where, Change change) {
        if (where.equals(Filter.ALWAYS)) {
            return Match.YES;
        }
        if (change.kind() == Change.Kind.DELETE) {
            return Match.NO;
        }
        if (change.after() == null) {
            return Match.UNKNOWN;
        }
        var lifetime = new DocumentState.Lifetime(change.time(), change.time(), change.time(), null, null);
        var state = new DocumentState(change.document(), change.version(), change.after(), lifetime);
        return Documents.matches(where, state) ? Match.YES : Match.NO;
    }

    /** A key begins with its collection's name. */
    private static String collection(String key) {
        int slash = key.lastIndexOf('/');
        return slash < 0 ? "" : key.substring(0, slash);
    }
}
