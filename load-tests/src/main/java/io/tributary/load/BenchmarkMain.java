package io.tributary.load;

import io.tributary.load.generator.Corpus;
import io.tributary.load.report.Report;
import io.tributary.load.server.PlainHandler;
import io.tributary.load.server.Tributary;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** Starts the servers, runs the {@link Benchmark}, writes and prints its report. */
public final class BenchmarkMain {

    private static final Logger log = LoggerFactory.getLogger(BenchmarkMain.class);
    private static final String PREFIX = "benchmark.";

    private BenchmarkMain() {}

    /**
     * @param arguments the directory that the service's module is built in, and the one for the servers' data and the
     *     report, which is emptied first
     */
    public static void main(String[] arguments) throws IOException {
        Settings settings = Settings.from(name -> System.getProperty(PREFIX + name));
        String serviceClassPath = classPath(Path.of(arguments[0]));
        Path directory = Path.of(arguments[1]);
        FileSystemUtils.deleteRecursively(directory);
        Files.createDirectories(directory);
        log.info("Starting the servers; they print to {}", directory);
        Path data = directory.resolve("data");
        try (Tributary tributary =
                        Tributary.start(serviceClassPath, settings.heap(), data, directory.resolve("tributary.log"));
                PlainHandler plainHandler = PlainHandler.start(
                        tributary.postgres(), settings.heap(), directory.resolve("plain-handler.log"))) {
            write(
                    new Benchmark(settings, new Corpus("benchmark", settings.documents())).run(tributary, plainHandler),
                    directory);
        }
        FileSystemUtils.deleteRecursively(data);
    }

    private static String classPath(Path target) throws IOException {
        return target.resolve("classes")
                + File.pathSeparator
                + Files.readString(target.resolve("class-path")).strip();
    }

    private static void write(Report report, Path directory) throws IOException {
        Files.writeString(directory.resolve("benchmark.md"), report.markdown());
        Files.writeString(directory.resolve("benchmark.csv"), report.csv());
        log.info("{}{}", System.lineSeparator(), report.markdown());
    }
}
