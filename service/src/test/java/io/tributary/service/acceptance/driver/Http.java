package io.tributary.service.acceptance.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A client of the service's HTTP interface. Documents are named as in the interface, {@code people/ada}. Headers follow a
 * body as names and values in turn. Thread-safe; a call from one more thread opens one more connection.
 */
public final class Http implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String origin;
    private final Duration patience;

    Http(int port) {
        this(port, PATIENCE);
    }

    Http(int port, Duration patience) {
        this.origin = "http://127.0.0.1:" + port;
        this.patience = patience;
    }

    /** What came back. */
    public record Reply(HttpResponse<String> response) {

        private static final ObjectMapper JSON = new ObjectMapper();

        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        public JsonNode json() {
            return JSON.readTree(body());
        }

        public Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        /** The slug of a problem; what the whole reply is where it is none. */
        public String problem() {
            String prefix = "urn:tributary:problem:";
            String type = status() < 400 ? "" : json().path("type").asString("");
            return type.startsWith(prefix) ? type.substring(prefix.length()) : toString();
        }

        @Override
        public String toString() {
            return status() + " " + body();
        }
    }

    public Reply get(String document) {
        return document("GET", document, BodyPublishers.noBody());
    }

    /** The data of a document that is there. */
    public JsonNode data(String document) {
        Reply reply = get(document);
        if (reply.status() != 200) {
            throw new AssertionError(document + ": " + reply);
        }
        return reply.json().get("data");
    }

    public Reply put(String document, String data, String... headers) {
        return document("PUT", document, BodyPublishers.ofString(data), headers);
    }

    public Reply patch(String document, String update, String... headers) {
        return document("PATCH", document, BodyPublishers.ofString(update), headers);
    }

    public Reply delete(String document, String... headers) {
        return document("DELETE", document, BodyPublishers.noBody(), headers);
    }

    public Reply post(String collection, String data, String... headers) {
        return document("POST", collection, BodyPublishers.ofString(data), headers);
    }

    /** Sends JSON to a path, {@code /v1/batch} for example. */
    public Reply postPath(String path, String json, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + path))
                .POST(BodyPublishers.ofString(json))
                .header("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /**
     * Sends a bulk of writes. Not too many: this client reads no answer before it has sent everything, and the service takes no
     * more in than is read.
     */
    public Reply bulk(List<String> lines, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + "/v1/bulk"))
                .POST(BodyPublishers.ofString(String.join("\n", lines)))
                .header("Content-Type", "application/x-ndjson");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /** What {@code GET} of a path answers, {@code /actuator/prometheus} for example. */
    public Reply getPath(String path) {
        return send(HttpRequest.newBuilder(URI.create(origin + path)));
    }

    /** Puts JSON to a path, {@code /v1/schemas/products} for example. */
    public Reply putPath(String path, String json, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + path))
                .PUT(BodyPublishers.ofString(json))
                .header("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /** What {@code DELETE} of a path answers. */
    public Reply deletePath(String path) {
        return send(HttpRequest.newBuilder(URI.create(origin + path)).DELETE());
    }

    /** Whether the service takes requests; also false while nobody listens. */
    public boolean ready() {
        return readiness() == 200;
    }

    /** The status of the readiness probe; 0 while nobody listens. */
    public int readiness() {
        try {
            return getPath("/actuator/health/readiness").status();
        } catch (UncheckedIOException nobodyListens) {
            return 0;
        }
    }

    private Reply document(String method, String name, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + "/v1/documents/" + name))
                .method(method, body);
        if (body.contentLength() != 0) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /** @throws UncheckedIOException when the connection breaks or nobody listens */
    private Reply send(HttpRequest.Builder builder) {
        HttpRequest request = builder.timeout(patience).build();
        try {
            return new Reply(client.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(request.toString(), e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while a request was under way", e);
        }
    }

    /** Closes its connections, also those that wait for an answer. */
    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
