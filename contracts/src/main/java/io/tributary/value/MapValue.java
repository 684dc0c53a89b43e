package io.tributary.value;

import io.tributary.name.FieldPath;
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

    /** Starts a map that grows member by member. */
    public static Builder builder() {
        return new Builder();
    }

    /** The member called {@code name}, null when there is none. */
    public @Nullable Value get(String name) {
        return members.get(name);
    }

    /** The value that {@code path} leads to, null when a member on the way is missing or no map. */
    public @Nullable Value get(FieldPath path) {
        Value value = this;
        for (FieldPath.Segment segment : path.segments()) {
            Value inner =
                    value instanceof MapValue map && segment instanceof FieldPath.Key key ? map.get(key.name()) : null;
            if (inner == null) {
                return null;
            }
            value = inner;
        }
        return value;
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

    /**
     * This map with all of {@code changes}, copied once; this map itself when there are none.
     *
     * @param changes new values by name, null to remove the member
     */
    public MapValue withAll(Map<String, ? extends @Nullable Value> changes) {
        if (changes.isEmpty()) {
            return this;
        }
        Map<String, Value> copy = new LinkedHashMap<>(members);
        changes.forEach((name, value) -> {
            if (value == null) {
                copy.remove(name);
            } else {
                copy.put(name, value);
            }
        });
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

    /** Collects the members of one map. Not safe for use by several threads. */
    public static final class Builder {

        private Map<String, Value> members = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds a member.
         *
         * @throws IllegalArgumentException when there is one of that name already
         */
        public Builder put(String name, Value value) {
            if (!add(name, value)) {
                throw new IllegalArgumentException("the member \"" + name + "\" is there twice");
            }
            return this;
        }

        /** Adds a member unless there is one of that name already; tells whether it did. */
        public boolean add(String name, Value value) {
            return members.putIfAbsent(name, value) == null;
        }

        /** The map of all members so far; the builder is empty again. */
        public MapValue build() {
            if (members.isEmpty()) {
                return EMPTY;
            }
            MapValue map = new MapValue(members);
            members = new LinkedHashMap<>();
            return map;
        }
    }
}
