package io.tributary.service.acceptance.driver;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * What a JVM has learnt from one start of the service. The starts after it have their classes loaded and linked from there,
 * and take half the time (JEP 483 and 514), which is most of what the tests would wait for.
 */
final class AotCache {

    private static final Path FILE = Path.of("target", "service.aot").toAbsolutePath();

    /** What does not fit is left out, and that is all. */
    private static final String SILENT = "-Xlog:aot*=off,cds*=off";

    private AotCache() {}

    /** The flags for a start to learn from. */
    static List<String> learning() {
        return List.of("-XX:AOTCacheOutput=" + FILE, SILENT);
    }

    /** The flags for a start with this class path; none where no cache serves it. */
    static synchronized List<String> flags(String classPath) {
        return isOfJars(classPath) && Trained.CLASS_PATH.equals(classPath)
                ? List.of("-XX:AOTCache=" + FILE, SILENT)
                : List.of();
    }

    /** A JVM remembers nothing of classes in directories, which change. */
    private static boolean isOfJars(String classPath) {
        return Stream.of(classPath.split(File.pathSeparator)).allMatch(entry -> entry.endsWith(".jar"));
    }

    /** The start that is learnt from, made when it is first asked for. */
    private static final class Trained {

        static final String CLASS_PATH = train();

        private static String train() {
            try {
                Path data = Files.createTempDirectory("tributary-training");
                ServiceProcess training = new ServiceProcess("training", data).learning();
                training.start().stop();
                FileSystemUtils.deleteRecursively(data);
                return training.classPath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
