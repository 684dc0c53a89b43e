package io.tributary.load.generator;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** The CPU time of this process since a moment. */
final class OwnCpu {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final long begin = SYSTEM.getProcessCpuTime();

    Duration spent() {
        return Duration.ofNanos(SYSTEM.getProcessCpuTime() - begin);
    }
}
