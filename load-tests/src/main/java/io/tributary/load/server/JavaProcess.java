package io.tributary.load.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a JVM of its own, of the same JDK as this one. It ends with this JVM at the latest. */
final class JavaProcess implements AutoCloseable {

    private static final Duration TO_START = Duration.ofMinutes(2);
    private static final Duration TO_STOP = Duration.ofSeconds(45);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Process process;
    private final Path log;
    private final Thread stopWithThisJvm;

    private JavaProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.stopWithThisJvm = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(stopWithThisJvm);
    }

    /** @param log takes what it prints; its directory is there */
    static JavaProcess start(JavaCommand command, Path log) {
        ProcessBuilder builder =
                new ProcessBuilder(command.line()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(command.environment());
        try {
            return new JavaProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start " + command.mainClass(), e);
        }
    }

    /**
     * Waits until the server has printed something, and returns it.
     *
     * @throws IllegalStateException when it ends before, or does not print it within two minutes
     */
    MatchResult printed(Pattern pattern) {
        long giveUpAt = System.nanoTime() + TO_START.toNanos();
        while (true) {
            boolean alive = process.isAlive();
            Matcher matcher = pattern.matcher(output());
            if (matcher.find()) {
                return matcher.toMatchResult();
            }
            if (!alive || System.nanoTime() - giveUpAt > 0) {
                throw new IllegalStateException(
                        (alive ? "A server does not come up" : "A server ended at its start") + "; its log: " + log);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The CPU time that it has used so far; zero where the system does not tell. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Stops it in good order, or else by force. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(TO_STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(stopWithThisJvm);
    }
}
