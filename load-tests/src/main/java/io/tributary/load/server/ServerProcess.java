package io.tributary.load.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that was started as a process of its own. It ends with this JVM at the latest. */
public final class ServerProcess implements AutoCloseable {

    private static final Duration TO_START = Duration.ofMinutes(2);
    private static final Duration TO_STOP = Duration.ofSeconds(45);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Process process;
    private final Path log;
    private final Thread stopWithThisJvm;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.stopWithThisJvm = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(stopWithThisJvm);
    }

    /**
     * Starts a server.
     *
     * @param environment set beside the variables of this process
     * @param log takes what it prints; its directory is there
     * @throws UncheckedIOException when there is no such program
     */
    public static ServerProcess start(List<String> command, Map<String, String> environment, Path log) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            return new ServerProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start " + command.getFirst(), e);
        }
    }

    /**
     * Waits until the server has printed something, and returns it.
     *
     * @throws IllegalStateException when it ends before, or does not print it within two minutes
     */
    public MatchResult printed(Pattern pattern) {
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

    public ProcessHandle handle() {
        return process.toHandle();
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
