package io.tributary.load.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {

    @Test
    void readsKibibytesOfTheNamedLine() {
        assertThat(ProcessMemory.bytes(Stream.of("VmPeak:\t  99 kB", "VmHWM:\t    1234 kB"), "VmHWM:"))
                .hasValue(1234 * 1024);
    }

    @Test
    void knowsNothingWithoutTheLine() {
        assertThat(ProcessMemory.bytes(Stream.of("Name:\tpostgres"), "VmHWM:")).isEmpty();
    }
}
