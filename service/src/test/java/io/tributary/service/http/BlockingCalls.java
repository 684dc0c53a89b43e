package io.tributary.service.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Remembers what BlockHound has caught: the error that it throws may be swallowed by whoever called. Found by BlockHound in
 * {@code META-INF/services}.
 */
public final class BlockingCalls implements BlockHoundIntegration {

    private static final List<BlockingOperationError> CAUGHT = new CopyOnWriteArrayList<>();

    @Override
    public void applyTo(BlockHound.Builder builder) {
        // Reads /dev/urandom, which never lets anybody wait.
        builder.allowBlockingCallsInside("java.security.SecureRandom", "nextBytes");
        builder.blockingMethodCallback(method -> {
            var error = new BlockingOperationError(method);
            CAUGHT.add(error);
            throw error;
        });
    }

    /** All since the JVM was started, or {@link #forget} was called. */
    static List<BlockingOperationError> caught() {
        return List.copyOf(CAUGHT);
    }

    static void forget() {
        CAUGHT.clear();
    }
}
