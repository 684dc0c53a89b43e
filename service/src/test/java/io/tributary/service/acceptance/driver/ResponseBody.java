package io.tributary.service.acceptance.driver;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** What a body that came in chunks was before. */
final class ResponseBody extends InputStream {

    private final InputStream in;
    private int left;
    private boolean ended;

    private ResponseBody(InputStream in) {
        this.in = in;
    }

    /** The body of the response that comes next, which has to be a success. */
    static InputStream of(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream(), 1_024);
        String status = line(in);
        if (!status.contains(" 200 ")) {
            throw new AssertionError(status);
        }
        while (!line(in).isEmpty()) {
            // What the headers say is not of interest.
        }
        return new ResponseBody(in);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the service hung up behind: " + line);
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int most) throws IOException {
        if (left == 0 && !ended) {
            left = Integer.parseInt(line(in), 16);
            ended = left == 0;
        }
        if (ended) {
            return -1;
        }
        int read = in.read(bytes, from, Math.min(most, left));
        if (read < 0) {
            throw new EOFException("the service hung up within a chunk");
        }
        left -= read;
        if (left == 0) {
            line(in);
        }
        return read;
    }
}
