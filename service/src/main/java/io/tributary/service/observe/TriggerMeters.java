package io.tributary.service.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.change.ProblemType;
import io.tributary.service.trigger.TriggerObserver;

/** Counts what triggers do. */
public final class TriggerMeters implements TriggerObserver {

    private final MeterRegistry registry;

    public TriggerMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void done(String database, String trigger) {
        Counter.builder("tributary.triggers.done")
                .description("Changes for which a trigger has done what it says")
                .tag("database", database)
                .tag("trigger", trigger)
                .register(registry)
                .increment();
    }

    @Override
    public void failed(String database, String trigger, ProblemType problem) {
        Counter.builder("tributary.triggers.failed")
                .description("Changes for which a trigger has not done what it says, and never will")
                .tag("database", database)
                .tag("trigger", trigger)
                .tag("problem", problem.slug())
                .register(registry)
                .increment();
    }
}
