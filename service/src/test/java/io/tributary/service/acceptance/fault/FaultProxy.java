package io.tributary.service.acceptance.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A way to a server on this machine that goes bad when a test says so: it is slow, breaks off in the midst of what is said,
 * or carries nothing on while both sides believe that they are connected. Connections that have lost something stay lost: when
 * the way is mended, they are reset.
 */
final class FaultProxy implements AutoCloseable {

    private static final int PIECE = 8 << 10;

    private final int target;
    private final ServerSocket server;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger resets = new AtomicInteger();
    private volatile Way way = Way.GOOD;

    /** What becomes of the pieces that come to one end. */
    private interface Way {

        Way GOOD = (connection, bytes) -> true;

        /** Whether so many bytes are carried on. May wait, and may {@linkplain Connection#reset reset} the connection. */
        boolean carries(Connection connection, int bytes) throws InterruptedException;
    }

    private FaultProxy(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** @param target the port of the server */
    static FaultProxy before(int target) throws IOException {
        return new FaultProxy(target);
    }

    /** Where to connect instead. */
    int port() {
        return server.getLocalPort();
    }

    /** Lets each piece take so long, in each direction. */
    void delay(Duration delay) {
        way = (connection, bytes) -> {
            Thread.sleep(delay);
            return true;
        };
    }

    /** Breaks off each connection once so many more bytes have come over it, in both directions together. */
    void cutAfter(long bytes) {
        connections.forEach(connection -> connection.carried.set(0));
        way = (connection, more) -> {
            boolean carries = connection.carried.addAndGet(more) <= bytes;
            if (!carries) {
                connection.reset();
            }
            return carries;
        };
    }

    /** Takes all that is said and carries nothing on, closes included. */
    void swallow() {
        way = (connection, bytes) -> false;
    }

    /** Carries everything on again, over new connections if need be. */
    void heal() {
        way = Way.GOOD;
        connections.stream().filter(connection -> connection.lost).forEach(Connection::reset);
    }

    /** How many connections were broken off. */
    int resets() {
        return resets.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                try {
                    connect(client);
                } catch (IOException refused) {
                    abort(client);
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Connection connection = new Connection(client, new Socket(InetAddress.getLoopbackAddress(), target));
        client.setTcpNoDelay(true);
        connection.upstream.setTcpNoDelay(true);
        connections.add(connection);
        Thread.ofVirtual().start(() -> connection.carry(client, connection.upstream));
        Thread.ofVirtual().start(() -> connection.carry(connection.upstream, client));
    }

    private static void abort(Socket socket) {
        try {
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException closed) {
            return;
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Connection {

        private final Socket client;
        private final Socket upstream;
        private final AtomicLong carried = new AtomicLong();
        private volatile boolean lost;

        Connection(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        void carry(Socket from, Socket to) {
            byte[] piece = new byte[PIECE];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                int bytes;
                do {
                    bytes = in.read(piece);
                    if (lost || !way.carries(this, Math.max(0, bytes))) {
                        lose();
                    } else if (bytes > 0) {
                        out.write(piece, 0, bytes);
                    }
                } while (bytes >= 0);
            } catch (IOException ended) {
                // The other side is to end, too.
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
            if (!lost) {
                end();
            }
        }

        private void end() {
            connections.remove(this);
            close(client);
            close(upstream);
        }

        /** The way may have been mended at this very moment. */
        private void lose() {
            lost = true;
            if (way == Way.GOOD) {
                reset();
            }
        }

        /** Breaks off towards both sides. */
        void reset() {
            lost = true;
            if (connections.remove(this)) {
                resets.incrementAndGet();
            }
            abort(client);
            abort(upstream);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Set.copyOf(connections).forEach(Connection::reset);
    }
}
