package io.tributary.service.acceptance.driver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A bulk whose lines are sent and whose answers are read as a test pleases. One thread may send while another reads. A
 * connection that breaks is an {@link UncheckedIOException}.
 */
public final class BulkCall implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;
    private @Nullable BufferedReader answers;

    BulkCall(int port, String... headers) {
        StringBuilder head = new StringBuilder("POST /v1/bulk HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        try {
            socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            write(head.append("\r\n").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends some of the body, which need not be whole lines. */
    public BulkCall send(String text) {
        String size = HexFormat.of().toHexDigits(text.getBytes(StandardCharsets.UTF_8).length);
        write(size + "\r\n" + text + "\r\n");
        return this;
    }

    /** Says that nothing more comes. */
    public BulkCall end() {
        write("0\r\n\r\n");
        return this;
    }

    /** The next answer; null behind the last. */
    public @Nullable String answer() {
        try {
            if (answers == null) {
                answers = new BufferedReader(new InputStreamReader(ResponseBody.of(socket), StandardCharsets.UTF_8));
            }
            return answers.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Breaks the connection. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String text) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
