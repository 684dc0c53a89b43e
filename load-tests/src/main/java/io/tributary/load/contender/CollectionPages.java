package io.tributary.load.contender;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads one field of all documents of a collection, page by page. */
final class CollectionPages implements AutoCloseable {

    private static final int PAGE = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper mapper = JsonMapper.shared();
    private final String firstPage;
    private final String field;

    CollectionPages(InetSocketAddress server, String collection, String field) {
        this.field = field;
        this.firstPage = "http://%s:%d/v1/documents/%s?limit=%d&fields=%s"
                .formatted(server.getHostString(), server.getPort(), collection, PAGE, field);
    }

    /** The sum of the field over all documents. */
    long sum() {
        long sum = 0;
        String cursor = null;
        do {
            JsonNode page = page(cursor);
            for (JsonNode document : page.path("documents")) {
                sum += document.path("data").path(field).asLong();
            }
            cursor = page.path("cursor").stringValue(null);
        } while (cursor != null);
        return sum;
    }

    private JsonNode page(@Nullable String cursor) {
        String url =
                cursor == null ? firstPage : firstPage + "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
        try {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("The collection cannot be read: status " + response.statusCode());
            }
            return mapper.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
