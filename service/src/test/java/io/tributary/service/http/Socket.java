package io.tributary.service.http;

import java.io.EOFException;
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

    /** What comes up to and with {@code end}; the connection stays open. */
    String receiveUntil(String end) throws IOException {
        StringBuilder received = new StringBuilder();
        while (received.indexOf(end) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new EOFException("the server hung up after: " + received);
            }
            received.append((char) next);
        }
        return received.toString();
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
