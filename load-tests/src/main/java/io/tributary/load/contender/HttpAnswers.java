package io.tributary.load.contender;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a contender something that is not measured. */
final class HttpAnswers {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private HttpAnswers() {}

    /** @param location the header of that name, empty when there is none */
    record Answer(int status, String location, String body) {}

    /**
     * The body of the answer. Blocks.
     *
     * @throws IllegalStateException when the answer is not 200
     */
    static String body(HttpRequest.Builder request) {
        Answer answer = answer(request);
        if (answer.status() != 200) {
            throw new IllegalStateException("status " + answer.status() + ": " + answer.body());
        }
        return answer.body();
    }

    /**
     * The answer. Blocks.
     *
     * @throws IllegalStateException when it is neither 200 nor 202
     */
    static Answer answer(HttpRequest.Builder request) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response =
                    client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200 && response.statusCode() != 202) {
                throw new IllegalStateException("status " + response.statusCode() + ": " + response.body());
            }
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Location").orElse(""),
                    response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
