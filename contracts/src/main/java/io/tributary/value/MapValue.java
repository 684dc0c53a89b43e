package io.tributary.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A map of fields; its members have no order that means anything. Iteration follows insertion.
 *
 * <p>Changing a map makes another that shares its members, so what a write did not touch stays the same object.
 */
public final class MapValue implements Value {

    public static final MapValue EMPTY = new MapValue(Map.of());

    private final Map<String, Value> members;

    private MapValue(Map<String, Value> members) {
        this.members = members;
    }

    /** Copies {@code members}. */
    public static MapValue of(Map<String, ? extends Value> members) {
        return members.isEmpty() ? EMPTY : new MapValue(new LinkedHashMap<>(members));
    }

    /** The member called {@code name}, null when there is none. */
    public @Nullable Value get(String name) {
        return members.get(name);
    }

    /** An unmodifiable view of all members. */
    public Map<String, Value> members() {
        return Collections.unmodifiableMap(members);
    }

    public boolean isEmpty() {
        return members.isEmpty();
    }

    /** This map with {@code name} set to {@code value}; this map itself when it is there already. */
    public MapValue with(String name, Value value) {
        if (members.get(name) == value) {
            return this;
        }
        Map<String, Value> copy = new LinkedHashMap<>(members);
        copy.put(name, value);
        return new MapValue(copy);
    }

    /** This map without {@code name}; this map itself when it has no such member. */
    public MapValue without(String name) {
        if (!members.containsKey(name)) {
            return this;
        }
        Map<String, Value> copy = new LinkedHashMap<>(members);
        copy.remove(name);
        return new MapValue(copy);
    }

    @Override
    public ValueType type() {
        return ValueType.MAP;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MapValue that && members.equals(that.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        return "MapValue" + members;
    }
}
