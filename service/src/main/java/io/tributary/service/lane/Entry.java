package io.tributary.service.lane;

import io.tributary.change.Problem;
import io.tributary.name.DocumentName;
import io.tributary.service.changelog.Publication;
import io.tributary.service.store.IdempotencyKey;
import io.tributary.write.Action;
import io.tributary.write.Write;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits in a lane for the next batch. */
public sealed interface Entry {

    /** The memory that it takes while it waits, roughly, in bytes. */
    long bytes();

    /**
     * A write that a caller waits for.
     *
     * @param caller who waits
     */
    record Call(Submission submission, Caller caller) implements Entry {

        @Override
        public long bytes() {
            return submission.bytes();
        }
    }

    /**
     * A write that is a record of the lane's partition of the updates topic.
     *
     * @param original the record, for the rejections topic should the write be refused
     */
    record Input(Submission submission, Original original) implements Entry {

        @Override
        public long bytes() {
            return submission.bytes() + original.bytes();
        }
    }

    /**
     * An atomic batch that is a record of the lane's partition of the updates topic. Never among the entries of a plan: the
     * records behind it wait until it is decided, together with all its lanes.
     */
    record BatchInput(BatchCall call) implements Entry {

        @Override
        public long bytes() {
            return call.bytes();
        }
    }

    /**
     * A record of the updates topic that is no write for this lane; its offset moves on all the same.
     *
     * @param offset the record's
     * @param publication what is to be published for it, null when it was handed on to its own lane
     */
    record Passed(long offset, @Nullable Publication publication) implements Entry {

        private static final long BYTES = 64;

        @Override
        public long bytes() {
            return publication == null ? BYTES : BYTES + publication.bytes();
        }
    }

    /**
     * A write on its way through a lane.
     *
     * @param length how many bytes it had as JSON
     * @param actor the authenticated caller, null when authentication is off
     * @param traceparent the W3C trace context of the request, null when it had none
     */
    record Submission(
            Write write,
            int length,
            @Nullable String actor,
            @Nullable String traceparent) {

        /** What values take in memory for each byte of their JSON, and what a write takes beside them. */
        private static final long PARSED = 4;

        private static final long OVERHEAD = 512;

        long bytes() {
            return bytes(length);
        }

        /** What is parsed takes, of so many bytes of JSON. */
        static long bytes(int length) {
            return OVERHEAD + PARSED * length;
        }

        /** What the write is remembered by in its lane, null when it has no id. */
        @Nullable
        IdempotencyKey key(int lane) {
            String id = write.id();
            if (id == null) {
                return null;
            }
            DocumentName document = write.document();
            return write.action() instanceof Action.Create && KeyedNames.isNamedBy(id, document)
                    ? IdempotencyKey.ofDatabase(lane, document.database(), id)
                    : IdempotencyKey.ofDocument(lane, document, id);
        }
    }

    /**
     * A record as it came, less what no record of the rejections topic has room for.
     *
     * @param replyTo where its outcome goes to; null when a refusal goes to the rejections and all else nowhere
     */
    record Original(
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<Publication.Header> headers,
            Publication.Source source,
            Publication.@Nullable Address replyTo) {

        long bytes() {
            return length(key)
                    + length(value)
                    + headers.stream().mapToLong(Publication.Header::bytes).sum();
        }

        /** The original for the rejections topic, and why it lies there. */
        Publication.Rejection rejection(Problem problem) {
            return new Publication.Rejection(key, value, headers, problem, source);
        }

        private static long length(byte @Nullable [] bytes) {
            return bytes == null ? 0 : bytes.length;
        }
    }
}
