package io.tributary.load.measure;

import java.time.Duration;

/** The CPU time that this process has spent since a moment, with that of its children which ended meanwhile. */
public final class OwnCpu {

    private static final ProcessCpu SELF = ProcessCpu.of(ProcessHandle.current());

    private final Duration begin = SELF.withEndedChildren();

    public Duration spent() {
        return SELF.withEndedChildren().minus(begin);
    }
}
