package io.tributary.client;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the events in the parts of a stream, as the HTML standard defines them. For one stream, part by part. */
final class EventSplitter {

    private static final String MESSAGE = "message";

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean behindReturn;
    private String type = MESSAGE;
    private @Nullable String id;
    private final StringBuilder data = new StringBuilder();
    private boolean hasData;

    /** The events that end in this part. */
    List<ServerSentEvent> split(byte[] part) {
        List<ServerSentEvent> events = new ArrayList<>();
        for (byte next : part) {
            if (next == '\n' && behindReturn) {
                behindReturn = false;
            } else if (next == '\n' || next == '\r') {
                behindReturn = next == '\r';
                String text = line.toString(StandardCharsets.UTF_8);
                line.reset();
                take(text, events);
            } else {
                behindReturn = false;
                line.write(next);
            }
        }
        return events;
    }

    private void take(String text, List<ServerSentEvent> events) {
        if (text.isEmpty()) {
            finish(events);
            return;
        }
        int colon = text.indexOf(':');
        if (colon == 0) {
            events.add(ServerSentEvent.COMMENT);
            return;
        }
        String name = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + (text.startsWith(" ", colon + 1) ? 2 : 1));
        switch (name) {
            case "event" -> type = value;
            case "id" -> id = value;
            case "data" -> {
                data.append(hasData ? "\n" : "").append(value);
                hasData = true;
            }
            default -> {
                // Others, retry among them, say nothing about the event.
            }
        }
    }

    private void finish(List<ServerSentEvent> events) {
        if (hasData) {
            events.add(new ServerSentEvent(type, id, data.toString()));
        }
        type = MESSAGE;
        id = null;
        data.setLength(0);
        hasData = false;
    }
}
