package io.tributary.service.http;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/** A connection that sends what it is told, valid or not. */
final class Socket implements AutoCloseable {

    private final java.net.Socket socket;

    Socket(int port) throws IOException {
        socket = new java.net.Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setSoTimeout(20_000);
    }

    Socket send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** All that comes until the server closes the connection. */
    String receive() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
