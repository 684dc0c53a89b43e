package io.tributary.service.acceptance.fault;

import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.Http;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a careful caller does: repeats a write with the same key until it knows what became of it. */
final class Persistence {

    private static final Duration AT_MOST = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Persistence() {}

    /** The first reply that says what became of the write. */
    static Http.Reply untilCertain(Supplier<Http.Reply> write) {
        AtomicReference<Http.@Nullable Reply> certain = new AtomicReference<>();
        await("a certain outcome")
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(PAUSE)
                .atMost(AT_MOST)
                .until(() -> {
                    Http.Reply reply = attempt(write);
                    boolean answered = reply != null && !isPassing(reply.status());
                    if (answered) {
                        certain.set(reply);
                    }
                    return answered;
                });
        return certain.get();
    }

    /**
     * The reply; null when the connection broke or could not be made.
     *
     * @throws AssertionError when there is a connection, and nobody answers
     */
    static Http.@Nullable Reply attempt(Supplier<Http.Reply> write) {
        try {
            return write.get();
        } catch (UncheckedIOException broken) {
            if (broken.getCause() instanceof HttpTimeoutException) {
                throw new AssertionError("a caller hangs", broken);
            }
            return null;
        }
    }

    private static boolean isPassing(int status) {
        return status == 429 || status == 503 || status == 504;
    }
}
