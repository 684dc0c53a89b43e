package io.tributary.load.contender;

import io.tributary.load.server.ServerProcess;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;

/** What Spring Boot's servers have in common. */
final class SpringBoot {

    private static final Pattern PORT = Pattern.compile("Netty started on port (\\d+)");

    private SpringBoot() {}

    /** Waits until a server listens, and tells where. */
    static InetSocketAddress address(ServerProcess process) {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(),
                Integer.parseInt(process.printed(PORT).group(1)));
    }
}
