package io.tributary.load;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How much is measured.
 *
 * @param connections how many callers there are at a time
 * @param documents how many ordinary documents the corpus has
 * @param records how many writes go through Kafka in each repetition
 * @param heap the most heap of each server, as {@code -Xmx} has it
 */
record Settings(Timing timing, int connections, int documents, int records, String heap) {

    private static final Map<String, String> DEFAULTS = Map.of(
            "warmUp", "20",
            "seconds", "20",
            "repetitions", "3",
            "connections", "64",
            "documents", "100000",
            "records", "300000",
            "heap", "1g");

    /** About a minute in all: enough to see that all works, too little for figures to be compared. */
    private static final Map<String, String> QUICK =
            Map.of("warmUp", "4", "seconds", "4", "repetitions", "2", "records", "60000");

    /**
     * @param warmUp how long each server is driven before the first measured repetition
     * @param window the length of a repetition
     */
    record Timing(Duration warmUp, Duration window, int repetitions) {}

    /**
     * The settings that properties give. One that is absent or empty has its default; {@code quick} changes the defaults.
     *
     * @throws IllegalArgumentException when a property is no positive number
     */
    static Settings from(Function<String, @Nullable String> properties) {
        Map<String, String> values = new HashMap<>(DEFAULTS);
        if (given(properties, "quick") != null) {
            values.putAll(QUICK);
        }
        for (String name : DEFAULTS.keySet()) {
            String given = given(properties, name);
            if (given != null) {
                values.put(name, given);
            }
        }
        return new Settings(
                new Timing(
                        Duration.ofSeconds(positive("warmUp", values)),
                        Duration.ofSeconds(positive("seconds", values)),
                        positive("repetitions", values)),
                positive("connections", values),
                positive("documents", values),
                positive("records", values),
                values.getOrDefault("heap", ""));
    }

    private static @Nullable String given(Function<String, @Nullable String> properties, String name) {
        String value = properties.apply(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static int positive(String name, Map<String, String> values) {
        String text = values.getOrDefault(name, "");
        if (!text.matches("0*[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(name + " is a positive number, not " + text);
        }
        return Integer.parseInt(text);
    }
}
