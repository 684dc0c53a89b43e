package io.tributary.load.report;

import io.tributary.load.measure.Memory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * A benchmark's outcome as people read it.
 *
 * @param trials in the order in which they were made; those of one workload on one contender are its repetitions
 * @param subject the contender that the others are held against
 * @param memory what each contender's servers had at most, by its name
 * @param absences why contenders did not do all that they were to do, by their names
 * @param conditions what the figures hold for, by what they are about
 */
public record Report(
        List<Trial> trials,
        String subject,
        Map<String, Memory> memory,
        Map<String, String> absences,
        Map<String, String> conditions) {

    private static final String NOTHING = "–";

    /** The project's targets, a table of medians, one of memory, those who are absent, and below them the conditions. */
    public String markdown() {
        List<Result> results = results();
        return Stream.of(
                        targets(results),
                        listed("**absent**, ", absences),
                        head()
                                + results.stream()
                                        .map(result -> row(result, results))
                                        .collect(Collectors.joining()),
                        MemoryRow.HEAD
                                + memory.entrySet().stream()
                                        .map(each -> new MemoryRow(each.getKey(), each.getValue()).text())
                                        .collect(Collectors.joining()),
                        listed("", conditions))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private String targets(List<Result> results) {
        String rows = Stream.concat(
                        Target.ALL.stream().map(target -> target.row(subject, results)),
                        DelayLimit.ALL.stream().map(limit -> limit.row(subject, results)))
                .flatMap(Optional::stream)
                .collect(Collectors.joining());
        return rows.isEmpty() ? "" : "| target | | reached | |\n|---|---|--:|---|\n" + rows;
    }

    private String head() {
        return """
            | workload | keys | contender | writes/s | slowest to fastest | %s ÷ it | p50 ms | p99 ms | p99.9 ms | failures \
            | CPU s/10 000 writes: service | PostgreSQL | Kafka | generator cores |
            |---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
            """.formatted(subject);
    }

    private static String listed(String before, Map<String, String> notes) {
        return notes.entrySet().stream()
                .map(note -> "- " + before + note.getKey() + ": " + note.getValue() + "\n")
                .collect(Collectors.joining());
    }

    List<Result> results() {
        record Key(Workload workload, String contender) {}
        return trials.stream()
                .collect(Collectors.groupingBy(
                        trial -> new Key(trial.workload(), trial.contender()), LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(Result::new)
                .toList();
    }

    private String row(Result result, List<Result> all) {
        Histogram latencies = result.latencies();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %,.0f | %,.0f to %,.0f | %s | %s | %s | %s | %d | %s | %s | %s | %.2f |\n",
                result.workload().label(),
                result.workload().keys().label(),
                result.contender(),
                result.writesPerSecond(),
                result.slowest(),
                result.fastest(),
                ratio(result, all),
                millis(latencies, 50),
                millis(latencies, 99),
                millis(latencies, 99.9),
                result.failures(),
                seconds(result.serviceCpu()),
                seconds(result.postgresCpu()),
                seconds(result.kafkaCpu()),
                result.generatorCores());
    }

    /** How many times as many writes the subject does, where both do all they can. */
    private String ratio(Result result, List<Result> all) {
        return all.stream()
                .filter(other -> other.contender().equals(subject) && other.workload() == result.workload())
                .filter(other -> result.workload().measure().isOfThroughput())
                .findFirst()
                .map(own -> String.format(Locale.ROOT, "%.2f", own.writesPerSecond() / result.writesPerSecond()))
                .orElse(NOTHING);
    }

    private static String millis(Histogram latencies, double percentile) {
        return latencies.getTotalCount() == 0
                ? NOTHING
                : String.format(Locale.ROOT, "%.1f", latencies.getValueAtPercentile(percentile) / 1e3);
    }

    private static String seconds(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.2f", value.getAsDouble()) : NOTHING;
    }
}
