package io.tributary.service.http.bulk;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Splits one body into lines, keeping no more of it than the line that is under way, and nothing of one that is too long.
 * Lines that are blank count, but are left out. Not thread-safe.
 */
final class LineSplitter {

    private static final byte[] NOTHING = {};

    private final int maxBytes;
    private ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private long number = 1;
    private boolean tooLong;

    /** @param maxBytes how long a line may be, without its line feed */
    LineSplitter(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The lines that {@code buffer} ends; releases it. */
    List<Line> split(DataBuffer buffer) {
        List<Line> lines = new ArrayList<>();
        try {
            while (buffer.readableByteCount() > 0) {
                int start = buffer.readPosition();
                int feed = buffer.indexOf(b -> b == '\n', start);
                byte[] part = take(buffer, (feed < 0 ? buffer.writePosition() : feed) - start);
                if (feed >= 0) {
                    buffer.readPosition(feed + 1);
                    finish(part, lines);
                } else {
                    begun.writeBytes(part);
                }
            }
        } finally {
            DataBufferUtils.release(buffer);
        }
        return lines;
    }

    /** The line that the end of the body ends, if there is one. */
    List<Line> rest() {
        List<Line> lines = new ArrayList<>(1);
        finish(NOTHING, lines);
        return lines;
    }

    private byte[] take(DataBuffer buffer, int length) {
        tooLong = tooLong || length > maxBytes - begun.size();
        if (tooLong) {
            begun = new ByteArrayOutputStream();
            buffer.readPosition(buffer.readPosition() + length);
            return NOTHING;
        }
        byte[] part = new byte[length];
        buffer.read(part);
        return part;
    }

    private void finish(byte[] lastPart, List<Line> lines) {
        if (tooLong) {
            lines.add(new Line.TooLong(number));
        } else {
            byte[] line = joined(lastPart);
            if (!isBlank(line)) {
                lines.add(new Line.Whole(number, line));
            }
        }
        tooLong = false;
        number++;
    }

    private byte[] joined(byte[] lastPart) {
        if (begun.size() == 0) {
            return lastPart;
        }
        begun.writeBytes(lastPart);
        byte[] line = begun.toByteArray();
        begun = new ByteArrayOutputStream();
        return line;
    }

    /** Whether there is nothing but what JSON takes for white space. */
    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
