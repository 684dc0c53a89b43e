package io.tributary.load.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The CPU time of a process.
 *
 * <p>Read from {@code /proc} on Linux. Elsewhere from {@link ProcessHandle}, which knows nothing of processes that have
 * ended; zero where that does not tell either.
 */
public final class ProcessCpu {

    /** Linux gives times to programs in these, whatever its own clock. */
    private static final Duration TICK = Duration.ofMillis(10);

    /** The fields from {@code utime} on, counted behind the command's name in parentheses. */
    private static final int USER_TIME = 11;

    private static final int OWN_FIELDS = 2;
    private static final int FIELDS_WITH_ENDED_CHILDREN = 4;

    private final ProcessHandle process;

    private ProcessCpu(ProcessHandle process) {
        this.process = process;
    }

    public static ProcessCpu of(ProcessHandle process) {
        return new ProcessCpu(process);
    }

    /** Where the times come from. */
    public static String source() {
        return Files.isDirectory(Path.of("/proc/self")) ? "/proc" : "the JDK's ProcessHandle";
    }

    /** What the process itself has used. */
    public Duration own() {
        return read(process, OWN_FIELDS);
    }

    /** What the process has used, and those of its children that have ended. */
    public Duration withEndedChildren() {
        return read(process, FIELDS_WITH_ENDED_CHILDREN);
    }

    /** What the process and all that it has started have used. */
    public Duration ofTree() {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(each -> read(each, FIELDS_WITH_ENDED_CHILDREN))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration read(ProcessHandle process, int fields) {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return times(line, fields);
        } catch (IOException notThere) {
            return process.info().totalCpuDuration().orElse(Duration.ZERO);
        }
    }

    /** @param line the content of {@code /proc/<pid>/stat} */
    static Duration times(String line, int fields) {
        long ticks = Stream.of(line.substring(line.lastIndexOf(')') + 2).split(" "))
                .skip(USER_TIME)
                .limit(fields)
                .mapToLong(Long::parseLong)
                .sum();
        return TICK.multipliedBy(ticks);
    }
}
