package io.tributary.load.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program for Node whose packages npm installs as their lock file says. */
public final class NpmPackage {

    private static final String LOCK = "package-lock.json";
    private static final Duration TO_INSTALL = Duration.ofMinutes(5);

    private NpmPackage() {}

    /**
     * Installs what a folder asks for, unless an earlier run has done so. Blocks.
     *
     * @param folder has the {@code package.json} and its lock file
     * @param directory where the packages go to
     * @param log takes what npm prints
     * @throws IllegalStateException when npm fails
     * @throws UncheckedIOException when there is no npm
     */
    public static void install(Path folder, Path directory, Path log) {
        try {
            Path lock = directory.resolve(LOCK);
            if (Files.isDirectory(directory.resolve("node_modules"))
                    && Files.exists(lock)
                    && Files.mismatch(lock, folder.resolve(LOCK)) == -1) {
                return;
            }
            Files.createDirectories(directory);
            Files.deleteIfExists(lock);
            copy("package.json", folder, directory);
            copy(LOCK, folder, directory);
            run(directory, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(String file, Path from, Path to) throws IOException {
        Files.copy(from.resolve(file), to.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void run(Path directory, Path log) throws IOException {
        Process npm = new ProcessBuilder(
                        List.of("npm", "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!npm.waitFor(TO_INSTALL.toSeconds(), TimeUnit.SECONDS) || npm.exitValue() != 0) {
                npm.destroy();
                Files.deleteIfExists(directory.resolve(LOCK));
                throw new IllegalStateException("npm could not install the packages; what it says: " + log);
            }
        } catch (InterruptedException e) {
            npm.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
