package io.tributary.service.lane;

import io.tributary.name.DocumentName;
import io.tributary.service.changelog.Publication;
import io.tributary.service.store.IdempotencyKey;
import io.tributary.write.Action;
import io.tributary.write.Write;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits in a lane for the next batch. */
public sealed interface Entry {

    /**
     * A write that a caller waits for.
     *
     * @param caller who waits
     */
    record Call(Submission submission, Caller caller) implements Entry {}

    /**
     * A write that is a record of the lane's partition of the updates topic.
     *
     * @param original the record, for the rejections topic should the write be refused
     */
    record Input(Submission submission, Original original) implements Entry {}

    /**
     * A record of the updates topic that is no write for this lane; its offset moves on all the same.
     *
     * @param offset the record's
     * @param rejection what is to be published for it, null when it was handed on to its own lane
     */
    record Passed(long offset, Publication.@Nullable Rejection rejection) implements Entry {}

    /**
     * A write on its way through a lane.
     *
     * @param actor the authenticated caller, null when authentication is off
     * @param traceparent the W3C trace context of the request, null when it had none
     */
    record Submission(
            Write write, @Nullable String actor, @Nullable String traceparent) {

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
     * @param replyTo the topic that its outcome goes to; null when a refusal goes to the rejections and all else nowhere
     */
    record Original(
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<Publication.Header> headers,
            Publication.Source source,
            @Nullable String replyTo) {}
}
