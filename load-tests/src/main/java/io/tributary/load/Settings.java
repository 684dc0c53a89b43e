package io.tributary.load;

import io.tributary.load.contender.Peer;
import io.tributary.load.report.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is measured, and how much of it.
 *
 * @param jvmFlags of the JVM of every contender that has one
 */
record Settings(Timing timing, Volume volume, Selection selection, List<String> jvmFlags) {

    private static final Map<String, String> DEFAULTS = Map.of(
            "warmUp", "20",
            "seconds", "20",
            "repetitions", "3",
            "connections", "64",
            "documents", "100000",
            "records", "300000",
            "rate", "1000",
            "heap", "1g",
            "peers", String.join(",", keys(Peer.values(), Peer::key)),
            "workloads", String.join(",", keys(Workload.values(), Workload::key)));

    /** About two minutes in all: enough to see that all works, too little for figures to be compared. */
    private static final Map<String, String> QUICK =
            Map.of("warmUp", "2", "seconds", "1", "repetitions", "2", "documents", "20000", "records", "20000");

    /**
     * @param warmUp how long each contender is driven before the first measured repetition
     * @param window the length of a repetition
     */
    record Timing(Duration warmUp, Duration window, int repetitions) {}

    /**
     * @param connections how many HTTP connections there are at a time
     * @param documents how many ordinary documents the corpus has
     * @param records how many writes go through Kafka in each repetition
     * @param rate writes a second of the workloads with a fixed rate
     */
    record Volume(int connections, int documents, int records, int rate) {}

    /** @param workloads in the order in which they are measured */
    record Selection(Set<Peer> peers, List<Workload> workloads) {}

    /**
     * The settings that properties give. One that is absent or empty has its default; {@code quick} changes the defaults.
     *
     * @throws IllegalArgumentException when a property is no positive number, or names something that there is not
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
                new Volume(
                        positive("connections", values),
                        positive("documents", values),
                        positive("records", values),
                        positive("rate", values)),
                new Selection(
                        Set.copyOf(chosen("peers", values, Peer.values(), Peer::key)),
                        chosen("workloads", values, Workload.values(), Workload::key)),
                jvmFlags(values.getOrDefault("heap", ""), given(properties, "jvmArgs")));
    }

    private static List<String> jvmFlags(String heap, @Nullable String others) {
        List<String> flags = new ArrayList<>(List.of("-Xmx" + heap));
        if (others != null) {
            flags.addAll(List.of(others.split("\\s+")));
        }
        return List.copyOf(flags);
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

    /** Those of all values that a list names, in their own order. */
    private static <T> List<T> chosen(String name, Map<String, String> values, T[] all, Function<T, String> key) {
        Set<String> named = Arrays.stream(values.getOrDefault(name, "").split(","))
                .map(String::strip)
                .collect(Collectors.toSet());
        List<String> known = keys(all, key);
        if (!known.containsAll(named)) {
            throw new IllegalArgumentException(name + " are of " + known + ", not " + values.get(name));
        }
        return Arrays.stream(all)
                .filter(each -> named.contains(key.apply(each)))
                .toList();
    }

    private static <T> List<String> keys(T[] all, Function<T, String> key) {
        return Arrays.stream(all).map(key).toList();
    }
}
