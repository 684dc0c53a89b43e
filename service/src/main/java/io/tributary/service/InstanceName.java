package io.tributary.service;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** How operators find the process that owns a lane. */
final class InstanceName {

    private InstanceName() {}

    /** {@code host/process}. */
    static String ofThisProcess() {
        return host() + "/" + ProcessHandle.current().pid();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
