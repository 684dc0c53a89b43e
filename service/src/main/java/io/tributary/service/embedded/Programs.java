package io.tributary.service.embedded;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the programs of PostgreSQL. They refuse to run as root, so for root they run in a user namespace of their own, in
 * which they are nobody in particular and still own root's files.
 */
final class Programs {

    private final PostgresBinaries binaries;
    private final Path output;

    /** @param output the file that takes what the program prints; pipes would be held open by a server it leaves behind */
    Programs(PostgresBinaries binaries, Path output) {
        this.binaries = binaries;
        this.output = output;
    }

    /** Runs a program to its end. */
    Result run(Duration limit, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(binaries.program(program));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        return new Result(
                exitCode(builder.start(), limit, program), Files.readString(output, Charset.defaultCharset()));
    }

    private static int exitCode(Process process, Duration limit, String program) throws IOException {
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            throw new IOException(program + " did not end within " + limit.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + program + " ran", e);
        }
    }

    /** How a program ended and what it printed. */
    record Result(int exitCode, String output) {

        boolean succeeded() {
            return exitCode == 0;
        }

        /** @throws IllegalStateException with what the program printed, when it failed */
        void orFail(String what) {
            if (!succeeded()) {
                throw new IllegalStateException(what + ": " + output.strip());
            }
        }
    }
}
