package io.tributary.service.observe;

import io.tributary.service.intake.Forwarding;
import io.tributary.service.intake.RecordIntake;
import io.tributary.service.lane.Lanes;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Up while the database answers, the updates topic is read, and this instance owns a lane or can ask who does: only then can
 * it take writes.
 */
public final class LanesHealth implements HealthIndicator {

    private final Lanes lanes;
    private final RecordIntake intake;
    private final Forwarding forwarding;

    public LanesHealth(Lanes lanes, RecordIntake intake, Forwarding forwarding) {
        this.lanes = lanes;
        this.intake = intake;
        this.forwarding = forwarding;
    }

    @Override
    public Health health() {
        boolean ready = lanes.available() && intake.isReading() && (lanes.open() > 0 || forwarding.isReady());
        return (ready ? Health.up() : Health.outOfService())
                .withDetail("database", lanes.available() ? "answers" : "away")
                .withDetail("updates", intake.isReading() ? "read" : "not read")
                .withDetail("lanes", lanes.open() + " of " + lanes.count())
                .build();
    }
}
