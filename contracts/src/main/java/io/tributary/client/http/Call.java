package io.tributary.client.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One request, which may be sent again.
 *
 * @param path behind the service's address, percent-encoded, beginning with a slash
 * @param body empty for none
 */
public record Call(String method, String path, Map<String, String> headers, byte[] body) {

    private static final String JSON = "application/json";

    public Call {
        headers = Map.copyOf(headers);
    }

    public static Call get(String path) {
        return new Call("GET", path, Map.of(), new byte[0]);
    }

    public static Call post(String path, byte[] json) {
        return new Call("POST", path, Map.of("Content-Type", JSON), json);
    }

    /** Lines of JSON, each ended by a line feed. */
    public static Call postLines(String path, byte[] lines) {
        return new Call("POST", path, Map.of("Content-Type", "application/x-ndjson"), lines);
    }

    public static Call patch(String path, byte[] json) {
        return new Call("PATCH", path, Map.of("Content-Type", JSON), json);
    }

    /** This call with an {@code Idempotency-Key}. */
    public Call withKey(String key) {
        return with("Idempotency-Key", key);
    }

    /** This call with one more header. */
    public Call with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Call(method, path, more, body);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
