package io.tributary.change;

import io.tributary.name.DocumentName;
import io.tributary.value.MapValue;
import io.tributary.write.Action;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The record of one version step, as published to the changelog.
 *
 * @param version the version that this step made
 * @param kind what happened to the document
 * @param time when it was committed
 * @param sequence the number of its record in its lane
 * @param after the data after the step; null after a delete, or where left out
 * @param before the data before the step, where the service publishes it
 * @param changed the dotted paths that have new values
 * @param removed the dotted paths that are gone
 * @param write the update as it came; null for create, replace and delete, and where it is too large to be repeated
 * @param origin whom the change comes from
 */
public record Change(
        DocumentName document,
        long version,
        Kind kind,
        Instant time,
        long sequence,
        @Nullable MapValue after,
        @Nullable MapValue before,
        List<String> changed,
        List<String> removed,
        Action.@Nullable Patch write,
        Origin origin) {

    /** The version of the format that this class describes. */
    public static final int FORMAT = 1;

    /** This change without the data after the step, as one of several that are committed together. */
    public Change withoutAfter() {
        return new Change(document, version, kind, time, sequence, null, before, changed, removed, write, origin);
    }

    /** This change without the update as it came, where that is too large to be repeated. */
    public Change withoutWrite() {
        return new Change(document, version, kind, time, sequence, after, before, changed, removed, null, origin);
    }

    /** What happened to the document. */
    public enum Kind {
        CREATE,
        UPDATE,
        DELETE;

        /** How many records of the changelog it becomes, and numbers it takes: a delete is followed by a tombstone. */
        public int records() {
            return this == DELETE ? 2 : 1;
        }

        /** The name on the wire: lower case. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Whom a change comes from.
     *
     * @param id the id of its write, null when it has none
     * @param batch the atomic batch it belongs to, null for a single write
     * @param actor the authenticated caller, null when authentication is off
     * @param fireTriggers whether it may fire triggers
     */
    public record Origin(
            @Nullable String id,
            @Nullable Batch batch,
            @Nullable String actor,
            boolean fireTriggers) {}

    /**
     * An atomic batch.
     *
     * @param index the position of the change in it
     * @param size the number of its changes
     * @param lanes for each lane, the sequence of the batch's last change there
     */
    public record Batch(@Nullable String id, int index, int size, Map<Integer, Long> lanes) {}
}
