package io.tributary.client;

import org.jspecify.annotations.Nullable;

/**
 * An event of a stream.
 *
 * @param type {@code message} where the stream names none
 * @param id null where the event has none of its own
 * @param data the lines of its data, joined; empty for a comment, which is alone with it
 */
record ServerSentEvent(String type, @Nullable String id, String data) {

    /** Shows that the connection is alive. */
    static final ServerSentEvent COMMENT = new ServerSentEvent("", null, "");
}
