package io.tributary.load.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The memory of processes, read from {@code /proc}: known on Linux only. In bytes. */
final class ProcessMemory {

    private ProcessMemory() {}

    /** The most memory that a process ever had resident, shared pages included. */
    static OptionalLong peakResident(ProcessHandle process) {
        return read(process, "status", "VmHWM:");
    }

    /**
     * What a process and its descendants have resident now, each page that several share counted once: the sum of their
     * proportional set sizes.
     */
    static OptionalLong residentOfTree(ProcessHandle root) {
        return Stream.concat(Stream.of(root), root.descendants())
                .map(process -> read(process, "smaps_rollup", "Pss:"))
                .filter(OptionalLong::isPresent)
                .reduce(OptionalLong.empty(), (a, b) -> OptionalLong.of(a.orElse(0) + b.orElse(0)));
    }

    private static OptionalLong read(ProcessHandle process, String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), file))) {
            return bytes(lines, name);
        } catch (IOException | UncheckedIOException notThere) {
            return OptionalLong.empty();
        }
    }

    /** @param lines like {@code VmHWM:    1234 kB} */
    static OptionalLong bytes(Stream<String> lines, String name) {
        return lines.filter(line -> line.startsWith(name))
                .mapToLong(line -> 1024
                        * Long.parseLong(line.substring(name.length(), line.lastIndexOf(' '))
                                .strip()))
                .findFirst();
    }
}
