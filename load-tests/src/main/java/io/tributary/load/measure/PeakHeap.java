package io.tributary.load.measure;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.OptionalLong;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Asks another JVM how much of its heap was ever in use. */
final class PeakHeap {

    private PeakHeap() {}

    /** The sum of the peaks of all heap pools, in bytes; nothing where the process is no JVM of this user's. */
    @SuppressWarnings("BanJNDI") // The address comes from the agent just started on this machine.
    static OptionalLong of(ProcessHandle process) {
        // The request to attach would end a process that is no JVM.
        if (!process.info().command().orElse("").endsWith("java")) {
            return OptionalLong.empty();
        }
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
            try (JMXConnector connector =
                    JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
                return OptionalLong.of(sum(connector.getMBeanServerConnection()));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | IOException notAllowed) {
            return OptionalLong.empty();
        }
    }

    private static long sum(MBeanServerConnection connection) throws IOException {
        return ManagementFactory.getPlatformMXBeans(connection, MemoryPoolMXBean.class).stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
