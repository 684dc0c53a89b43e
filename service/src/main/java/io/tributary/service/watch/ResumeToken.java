package io.tributary.service.watch;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.kafka.changelog.LanePosition;
import io.tributary.service.watch.log.Positions;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Where a watch goes on, as a text that only the watch it came from takes back: the positions in the lanes that it watches.
 * Any instance takes it.
 */
final class ResumeToken {

    private static final byte FORMAT = 1;
    private static final int DIGEST_BYTES = 8;
    private static final int LONGEST_NUMBER = 10;

    private final long changelog;
    private final List<LanePosition> positions;

    private ResumeToken(long changelog, List<LanePosition> positions) {
        this.changelog = changelog;
        this.positions = List.copyOf(positions);
    }

    /**
     * @param changelog tells the changelog from others
     * @param watch the digest of what is watched
     * @param lanes those that it watches
     */
    static String write(long changelog, byte[] watch, int[] lanes, Positions positions) {
        ByteBuffer token = ByteBuffer.allocate(1 + DIGEST_BYTES + Long.BYTES + lanes.length * 2 * LONGEST_NUMBER);
        token.put(FORMAT).put(watch, 0, DIGEST_BYTES).putLong(changelog);
        for (int lane : lanes) {
            LanePosition position = positions.at(lane);
            writeNumber(token, position.offset());
            // Mostly the same; repetitions and foreign records make the offset larger, an old log's end the sequence.
            long difference = position.offset() - position.sequence();
            writeNumber(token, (difference << 1) ^ (difference >> 63));
        }
        byte[] bytes = Arrays.copyOf(token.array(), token.position());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * @param watch the digest of what is watched
     * @param lanes how many lanes it watches
     * @throws ProblemException {@code bad-value} when the text is no token, or that of another watch
     */
    static ResumeToken read(String text, byte[] watch, int lanes) {
        try {
            ByteBuffer token = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            byte format = token.get();
            byte[] digest = new byte[DIGEST_BYTES];
            token.get(digest);
            if (format != FORMAT) {
                throw refused("the resume token is none that this version knows");
            }
            if (!Arrays.equals(digest, Arrays.copyOf(watch, DIGEST_BYTES))) {
                throw refused(
                        "the resume token belongs to a watch of another document or collection, or another where");
            }
            long changelog = token.getLong();
            List<LanePosition> positions = new ArrayList<>(lanes);
            for (int lane = 0; lane < lanes; lane++) {
                positions.add(readPosition(token));
            }
            if (token.hasRemaining()) {
                throw notOurs();
            }
            return new ResumeToken(changelog, positions);
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw notOurs();
        }
    }

    private static LanePosition readPosition(ByteBuffer token) {
        long offset = readNumber(token);
        long folded = readNumber(token);
        return new LanePosition(offset, offset - ((folded >>> 1) ^ -(folded & 1)));
    }

    /** Whether it was given out for the changelog that is called so. */
    boolean isOf(long other) {
        return changelog == other;
    }

    /**
     * The positions, with others in the lanes that are not watched.
     *
     * @param lanes those that are watched
     */
    Positions over(Positions others, int[] lanes) {
        Positions.Moving moving = others.moving();
        for (int i = 0; i < lanes.length; i++) {
            moving.move(lanes[i], positions.get(i));
        }
        return moving.now();
    }

    private static void writeNumber(ByteBuffer out, long number) {
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            out.put((byte) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    private static long readNumber(ByteBuffer in) {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte part = in.get();
            number |= (part & 0x7fL) << shift;
            if (part >= 0) {
                return number;
            }
        }
        throw notOurs();
    }

    private static ProblemException notOurs() {
        return refused("the resume token is none that was given out here");
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(Problem.of(ProblemType.BAD_VALUE, detail));
    }
}
