package io.tributary.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Examples that stand for the promise of the wire: one JSON text a line. */
final class GoldenFile {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private GoldenFile() {}

    static Stream<String> lines(String name) {
        return text("/io/tributary/json/" + name).lines();
    }

    /** Examples that must be refused; {@code member} holds the example. */
    static Stream<Refused> refused(String name, String member) {
        return lines(name).map(MAPPER::readTree).map(line -> Refused.of(line, member));
    }

    /** The text of a resource. */
    static String text(String path) {
        try (InputStream in = Objects.requireNonNull(GoldenFile.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode tree(String json) {
        return MAPPER.readTree(json);
    }

    static List<String> schemas() {
        return List.of("value", "filter", "write", "batch", "change");
    }

    /**
     * @param problem the slug of the problem's type
     * @param beyondSchema whether the codec alone can tell that the example is wrong
     */
    record Refused(String json, String problem, String pointer, boolean beyondSchema) {

        private static Refused of(JsonNode line, String member) {
            return new Refused(
                    line.get(member).toString(),
                    line.get("problem").asString(),
                    line.get("pointer").asString(),
                    line.has("beyondSchema"));
        }

        @Override
        public String toString() {
            return problem + " at \"" + pointer + "\": " + json;
        }
    }
}
