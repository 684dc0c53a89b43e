package io.tributary.json;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a reader says to what it refuses. */
final class Refusal {

    private Refusal() {}

    /** The problem that {@code reading} ends with. */
    static Problem of(ThrowingCallable reading) {
        return catchThrowableOfType(ProblemException.class, reading).problem();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
