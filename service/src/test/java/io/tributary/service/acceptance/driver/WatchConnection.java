package io.tributary.service.acceptance.driver;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A WebSocket with many watches, whose events are read as a test pleases: what nobody asks for stays on the way. */
public final class WatchConnection implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 60;
    private static final Event CLOSED = new Event("", "closed", null, JSON.nullNode());

    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;
    private volatile int closeCode;

    /**
     * An event.
     *
     * @param watch empty where it is of none
     * @param id null where it has none of its own
     * @param data a missing node where there is nothing to say
     */
    public record Event(String watch, String type, @Nullable String id, JsonNode data) {

        /** {@code low: change people/ada@2}, {@code low: synced}. */
        @Override
        public String toString() {
            String what = data.has("document")
                    ? " " + data.get("document").asString() + "@"
                            + data.get("version").asLong()
                    : "";
            return watch + ": " + type + what;
        }
    }

    WatchConnection(int port, String... headers) {
        WebSocket.Builder builder = client.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + port + "/v1/watch"), new Reader())
                .join();
    }

    /** Says something. */
    public WatchConnection say(String message) {
        socket.sendText(message, true).join();
        return this;
    }

    /** The next event. */
    public Event next() {
        socket.request(1);
        try {
            return Objects.requireNonNull(events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "no event came");
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while an event was to come", e);
        }
    }

    /** The next events, as many as that. */
    public List<Event> next(int count) {
        List<Event> next = new ArrayList<>();
        while (next.size() < count) {
            next.add(next());
        }
        return next;
    }

    /** The next events up to one like that, which is the last. */
    public List<Event> upTo(Predicate<Event> last) {
        List<Event> next = new ArrayList<>();
        do {
            next.add(next());
        } while (!last.test(next.getLast()));
        return next;
    }

    /** The code with which the service closes the connection next. */
    public int closeCode() {
        Event closed = next();
        if (closed != CLOSED) {
            throw new AssertionError("the connection is open: " + closed);
        }
        return closeCode;
    }

    @Override
    public void close() {
        socket.abort();
        client.close();
    }

    private final class Reader implements WebSocket.Listener {

        @Override
        public void onOpen(WebSocket opened) {}

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            part.append(text);
            if (!last) {
                from.request(1);
                return null;
            }
            JsonNode message = JSON.readTree(part.toString());
            part.setLength(0);
            events.add(new Event(
                    message.path("watch").asString(""),
                    message.path("event").asString(),
                    message.path("id").asString(null),
                    message.path("data")));
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closeCode = code;
            events.add(CLOSED);
            return null;
        }
    }
}
