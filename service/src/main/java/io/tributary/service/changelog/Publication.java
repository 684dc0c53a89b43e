package io.tributary.service.changelog;

import io.tributary.change.Change;
import io.tributary.change.Problem;
import io.tributary.name.DocumentName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a turn leaves behind to be published: kept with the turn until the broker has acknowledged it. */
public sealed interface Publication {

    /** The memory it takes, roughly, in bytes. */
    int bytes();

    /**
     * A change, for the changelog. A delete takes two numbers, the second for the tombstone behind it.
     *
     * @param sequence the number of its (first) record in its lane
     * @param traceparent the W3C trace context of the request, null when it had none
     * @param json the {@link Change} as it goes out
     */
    record ChangeRecord(
            DocumentName document,
            long version,
            Change.Kind kind,
            Instant time,
            long sequence,
            @Nullable String traceparent,
            byte[] json)
            implements Publication {

        /** The number of the last record that this change becomes. */
        public long lastSequence() {
            return sequence + kind.records() - 1;
        }

        @Override
        public int bytes() {
            return json.length + 256;
        }
    }

    /**
     * A record of the updates topic that was not applied. Published at least once; {@link Source} tells repetitions.
     *
     * @param key the original's, null when it had none
     * @param value the original's, null when it had none
     * @param headers the original's, as many as there is room for
     */
    record Rejection(
            byte @Nullable [] key, byte @Nullable [] value, List<Header> headers, Problem problem, Source source)
            implements Publication {

        @Override
        public int bytes() {
            return length(key)
                    + length(value)
                    + headers.stream().mapToInt(Header::bytes).sum()
                    + 256;
        }
    }

    /** A header of a record; a record may have several of one name. */
    record Header(String name, byte @Nullable [] value) {

        /** What it takes in a record, at most. */
        public int bytes() {
            return 3 * name.length() + length(value) + 16;
        }
    }

    /**
     * The outcome of a record of the updates topic, for whom the record named. Sent at least once, and dropped when that
     * topic cannot be reached; {@link Source} tells repetitions.
     *
     * @param key the record's, null when it had none
     * @param id the write's, null when it had none
     */
    record Reply(
            Address to, byte @Nullable [] key, @Nullable String id, Content content, Source source)
            implements Publication {

        /**
         * @param status what HTTP would have answered
         * @param body the outcome, or the problem when the status is 400 or above
         * @param replayed whether the outcome is that of an earlier write with the same id
         */
        public record Content(int status, byte[] body, boolean replayed) {}

        @Override
        public int bytes() {
            return length(key) + content.body().length + 256;
        }
    }

    /**
     * Where a record wants its reply.
     *
     * @param partition null to leave it to the record's key
     * @param correlationId what the reply repeats, null for nothing
     */
    record Address(
            String topic,
            @Nullable Integer partition,
            @Nullable String correlationId) {}

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    /** Where a record of the updates topic lies. */
    record Source(String topic, int partition, long offset) {

        @Override
        public String toString() {
            return topic + "/" + partition + "/" + offset;
        }
    }
}
