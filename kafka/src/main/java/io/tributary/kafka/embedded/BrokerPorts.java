package io.tributary.kafka.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The two ports that a broker listens on.
 *
 * @param broker the port for clients
 * @param controller the port that the broker speaks to its own controller on
 */
record BrokerPorts(int broker, int controller) {

    static final String HOST = "127.0.0.1";

    private static final int ANY = 0;

    /**
     * The ports that the file names, or others in the place of those that are taken; the file names the result
     * afterwards.
     */
    static BrokerPorts of(Path file) throws IOException {
        Properties previous = read(file);
        BrokerPorts ports;
        // Both are held until both are chosen, else they could be the same.
        try (ServerSocket broker = listen(port(previous, "broker"));
                ServerSocket controller = listen(port(previous, "controller"))) {
            ports = new BrokerPorts(broker.getLocalPort(), controller.getLocalPort());
        }
        ports.write(file);
        return ports;
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                properties.load(in);
            }
        }
        return properties;
    }

    private static int port(Properties properties, String name) {
        return Integer.parseInt(properties.getProperty(name, Integer.toString(ANY)));
    }

    private static ServerSocket listen(int wanted) throws IOException {
        InetAddress host = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try {
            return new ServerSocket(wanted, 1, host);
        } catch (IOException taken) {
            return new ServerSocket(ANY, 1, host);
        }
    }

    private void write(Path file) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("broker", Integer.toString(broker));
        properties.setProperty("controller", Integer.toString(controller));
        try (OutputStream out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
    }
}
