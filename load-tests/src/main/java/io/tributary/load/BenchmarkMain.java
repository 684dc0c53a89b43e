package io.tributary.load;

import io.tributary.load.contender.Testbed;
import io.tributary.load.contender.Tributary;
import io.tributary.load.generator.Corpus;
import io.tributary.load.generator.http.HttpCallers;
import io.tributary.load.report.Charts;
import io.tributary.load.report.Report;
import io.tributary.load.report.Trial;
import io.tributary.load.report.TrialsCsv;
import io.tributary.load.server.Jvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** Starts the service, runs the {@link Benchmark}, writes and prints its report. */
public final class BenchmarkMain {

    private static final Logger log = LoggerFactory.getLogger(BenchmarkMain.class);
    private static final String PREFIX = "benchmark.";

    private BenchmarkMain() {}

    /**
     * @param arguments the directory that the service's module is built in; the one for the servers' data and the report,
     *     which is emptied first; and the one with the folders of peers that are no Java classes
     */
    public static void main(String[] arguments) throws IOException {
        Settings settings = Settings.from(name -> System.getProperty(PREFIX + name));
        String serviceClassPath = classPath(Path.of(arguments[0]));
        Path directory = Path.of(arguments[1]);
        FileSystemUtils.deleteRecursively(directory);
        Files.createDirectories(directory);
        log.info("Starting the servers; they print to {}", directory);
        Corpus corpus = new Corpus("benchmark", settings.volume().documents());
        Jvm jvm = new Jvm(settings.jvmFlags());
        try (HttpCallers callers = new HttpCallers(settings.volume().connections());
                Tributary tributary = Tributary.start(corpus, callers, jvm, serviceClassPath, directory);
                Lineup lineup = new Lineup(
                        tributary,
                        new Testbed(
                                corpus,
                                callers,
                                jvm,
                                tributary.servers(),
                                new Testbed.Folders(
                                        directory, Path.of(arguments[2]), directory.resolveSibling("packages"))),
                        settings.selection().peers())) {
            List<Trial> trials = new Benchmark(settings, lineup).run();
            Map<String, String> conditions =
                    Conditions.of(settings, tributary.servers().postgres());
            write(new Report(trials, tributary.name(), lineup.memory(), lineup.absences(), conditions), directory);
        }
        FileSystemUtils.deleteRecursively(directory.resolve("data"));
    }

    private static String classPath(Path target) throws IOException {
        return target.resolve("classes")
                + File.pathSeparator
                + Files.readString(target.resolve("class-path")).strip();
    }

    private static void write(Report report, Path directory) throws IOException {
        Files.writeString(directory.resolve("benchmark.md"), report.markdown());
        Files.writeString(directory.resolve("benchmark.csv"), new TrialsCsv(report.trials()).text());
        for (Map.Entry<String, String> chart : new Charts(report).svg().entrySet()) {
            Files.writeString(directory.resolve(chart.getKey()), chart.getValue());
        }
        log.info("{}{}", System.lineSeparator(), report.markdown());
    }
}
