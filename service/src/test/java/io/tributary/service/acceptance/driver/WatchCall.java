package io.tributary.service.acceptance.driver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A watch whose events are read as a test pleases. A connection that breaks is an {@link UncheckedIOException}. */
public final class WatchCall implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int SMALL_BUFFER = 4_096;

    private final Socket socket;
    private @Nullable BufferedReader lines;

    /** An event; what has no id has none of its own. */
    public record Event(String type, @Nullable String id, JsonNode data) {

        /** {@code change people/ada@2}, {@code synced}. */
        @Override
        public String toString() {
            return data.has("document")
                    ? type + " " + data.get("document").asString() + "@"
                            + data.get("version").asLong()
                    : type;
        }
    }

    WatchCall(int port, String path, String... headers) {
        StringBuilder head = new StringBuilder(
                "GET /v1/documents/" + path + " HTTP/1.1\r\nHost: localhost\r\n" + "Accept: text/event-stream\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        try {
            socket = new Socket();
            socket.setReceiveBufferSize(SMALL_BUFFER);
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next event; null behind the last. */
    public @Nullable Event next() {
        try {
            String type = "";
            String id = null;
            StringBuilder data = new StringBuilder();
            for (String line = line(); line != null; line = line()) {
                if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    data.append(line, 6, line.length());
                } else if (line.isEmpty() && !data.isEmpty()) {
                    return new Event(type, id, JSON.readTree(data.toString()));
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next events up to one of a type, which is the last. */
    public List<Event> upTo(String type) {
        List<Event> events = new ArrayList<>();
        for (Event event = next(); event != null; event = next()) {
            events.add(event);
            if (event.type().equals(type)) {
                return events;
            }
        }
        throw new AssertionError("the watch ended without " + type + ": " + events);
    }

    /** The next events, as many as that. */
    public List<Event> next(int count) {
        List<Event> events = new ArrayList<>();
        while (events.size() < count) {
            Event event = next();
            if (event == null) {
                throw new AssertionError("the watch ended behind " + events);
            }
            events.add(event);
        }
        return events;
    }

    private @Nullable String line() throws IOException {
        if (lines == null) {
            lines = new BufferedReader(
                    new InputStreamReader(ResponseBody.of(socket), StandardCharsets.UTF_8), SMALL_BUFFER);
        }
        return lines.readLine();
    }

    /** Breaks the connection. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
