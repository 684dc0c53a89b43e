package io.tributary.client;

import java.time.Duration;

/** An attempt that failed for a reason that may pass, before it is known whether another will be made. */
final class PassingFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Throwable reason;
    private final transient Duration pause;

    /**
     * @param reason what the caller gets when there is no other attempt
     * @param pause how long the service asks to wait
     */
    PassingFailure(Throwable reason, Duration pause) {
        super(reason.getMessage(), null, false, false);
        this.reason = reason;
        this.pause = pause;
    }

    Throwable reason() {
        return reason;
    }

    Duration pause() {
        return pause;
    }
}
