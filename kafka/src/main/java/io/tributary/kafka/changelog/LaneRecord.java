package io.tributary.kafka.changelog;

import io.tributary.change.Change;
import io.tributary.change.ProblemException;
import io.tributary.json.ChangeJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of the changelog with its place. It is looked into when somebody first asks for its change; from any thread.
 */
public final class LaneRecord {

    private static final int OBJECTS = 256;

    /** The text, and about as much again and again for the objects that are made of it. */
    private static final int LOOKED_INTO = 4;

    private final int lane;
    private final LanePosition behind;
    private final String key;
    private final byte @Nullable [] json;

    /** Looked into again by whoever does not see it yet: reading the same text gives the same change. */
    private volatile boolean lookedInto;

    private @Nullable Change change;

    private LaneRecord(int lane, LanePosition behind, String key, byte @Nullable [] json) {
        this.lane = lane;
        this.behind = behind;
        this.key = key;
        this.json = json;
    }

    /**
     * A record of a change.
     *
     * @param offset where it lies in its lane
     */
    public static LaneRecord of(int lane, long offset, Change change) {
        LanePosition behind = new LanePosition(offset + 1, change.sequence());
        return new LaneRecord(lane, behind, change.document().key(), ChangeJson.write(change));
    }

    static LaneRecord of(ConsumerRecord<byte[], byte[]> record, long sequence) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        return new LaneRecord(record.partition(), new LanePosition(record.offset() + 1, sequence), key, record.value());
    }

    public int lane() {
        return lane;
    }

    /** Where reading goes on behind this record; its sequence is the record's. */
    public LanePosition behind() {
        return behind;
    }

    /** Its number in its lane. */
    public long sequence() {
        return behind.sequence();
    }

    /** The document, as {@link io.tributary.name.DocumentName#key} writes it. */
    public String key() {
        return key;
    }

    /** The change as it was published; null for a tombstone. */
    public byte @Nullable [] json() {
        return json;
    }

    /** The memory it takes once it was looked into, roughly, in bytes. */
    public int bytes() {
        return OBJECTS + 2 * key.length() + (json == null ? 0 : LOOKED_INTO * json.length);
    }

    /** The change; empty for a tombstone, for a kind that this version does not know, and for what is no change. */
    public Optional<Change> change() {
        if (!lookedInto) {
            change = read();
            lookedInto = true;
        }
        return Optional.ofNullable(change);
    }

    private @Nullable Change read() {
        try {
            return json == null ? null : ChangeJson.readKnown(json).orElse(null);
        } catch (ProblemException tampered) {
            return null;
        }
    }

    /** Lane, sequence and document. */
    @Override
    public String toString() {
        return lane + "/" + sequence() + " " + key;
    }
}
