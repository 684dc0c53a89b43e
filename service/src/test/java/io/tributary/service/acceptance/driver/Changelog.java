package io.tributary.service.acceptance.driver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The changelog as a careful consumer sees it: repetitions are dropped by their number, and a number that is left out is an
 * error. Belongs to one thread.
 */
public final class Changelog implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TopicReader reader;
    private final Map<Integer, Long> newest = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private int repetitions;

    Changelog(TopicReader reader) {
        this.reader = reader;
    }

    /** One version step of one document. */
    public record Change(int lane, long sequence, String document, JsonNode json) {

        public long version() {
            return json.get("version").asLong();
        }

        /** The id of its write; null when that had none. */
        public @Nullable String id() {
            return json.path("id").asString(null);
        }

        /** The data after it. */
        public JsonNode after() {
            return json.get("after");
        }
    }

    /**
     * All changes that were read so far, with those that have come meanwhile; tombstones are counted, not given out.
     *
     * @throws AssertionError when a number of a lane is left out, or a record lies in another partition than its lane
     */
    public List<Change> changes() {
        reader.read().forEach(this::add);
        return changes;
    }

    /** Those of them whose document's key begins with {@code prefix}. */
    public List<Change> changesOf(String prefix) {
        return changes().stream()
                .filter(change -> change.document().startsWith(prefix))
                .toList();
    }

    /** How many records were dropped because they were there already. */
    public int repetitions() {
        return repetitions;
    }

    private void add(ConsumerRecord<@Nullable String, byte @Nullable []> record) {
        int lane = Integer.parseInt(required(record, "tributary-lane"));
        long sequence = Long.parseLong(required(record, "tributary-sequence"));
        if (lane != record.partition()) {
            throw new AssertionError("a record of lane " + lane + " lies in partition " + record.partition());
        }
        Long before = newest.get(lane);
        if (before != null && sequence <= before) {
            repetitions++;
            return;
        }
        if (before != null && sequence != before + 1) {
            throw new AssertionError("lane " + lane + ": number " + sequence + " follows " + before);
        }
        if (before == null && record.offset() == 0 && sequence != 1) {
            throw new AssertionError("lane " + lane + " begins with number " + sequence);
        }
        newest.put(lane, sequence);
        if (record.value() != null) {
            changes.add(
                    new Change(lane, sequence, Objects.requireNonNull(record.key()), JSON.readTree(record.value())));
        }
    }

    private static String required(ConsumerRecord<?, ?> record, String header) {
        return Objects.requireNonNull(TopicReader.header(record, header), header);
    }

    @Override
    public void close() {
        reader.close();
    }
}
