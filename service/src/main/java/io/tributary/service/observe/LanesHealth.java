package io.tributary.service.observe;

import io.tributary.service.intake.Forwarding;
import io.tributary.service.lane.Lanes;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while the database answers and this instance owns a lane, or can ask who does: only then can it take writes. */
public final class LanesHealth implements HealthIndicator {

    private final Lanes lanes;
    private final Forwarding forwarding;

    public LanesHealth(Lanes lanes, Forwarding forwarding) {
        this.lanes = lanes;
        this.forwarding = forwarding;
    }

    @Override
    public Health health() {
        boolean ready = lanes.available() && (lanes.open() > 0 || forwarding.isReady());
        return (ready ? Health.up() : Health.outOfService())
                .withDetail("database", lanes.available() ? "answers" : "away")
                .withDetail("lanes", lanes.open() + " of " + lanes.count())
                .build();
    }
}
