package io.tributary.trigger;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a trigger does. */
public sealed interface TriggerAction {

    /**
     * Posts the change to a server, at least once.
     *
     * @param url {@code http} or {@code https}
     * @param headers sent with each request
     * @param secret what requests are signed with; null for requests that are not
     */
    record Webhook(
            URI url, Map<String, String> headers, @Nullable String secret) implements TriggerAction {

        public Webhook {
            headers = Map.copyOf(headers);
        }

        /** Does not show the secret, nor headers, which may hold others. */
        @Override
        public String toString() {
            return "Webhook[" + url + "]";
        }
    }

    /**
     * Writes to documents, exactly once in effect; several writes are one atomic batch.
     *
     * @param writes at least one
     */
    record FollowUp(List<WriteTemplate> writes) implements TriggerAction {

        /** @throws IllegalArgumentException when there is no write */
        public FollowUp {
            writes = List.copyOf(writes);
            if (writes.isEmpty()) {
                throw new IllegalArgumentException("a trigger that writes has one write at least");
            }
        }
    }
}
