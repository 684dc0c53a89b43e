package io.tributary.service.observe;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tributary.service.changelog.Publisher;
import io.tributary.service.changelog.Replies;
import io.tributary.service.intake.RecordIntake;
import io.tributary.service.lane.Lanes;
import io.tributary.service.watch.Watches;

/** Gauges that are read from the running parts. */
public final class Gauges implements MeterBinder {

    private final Lanes lanes;
    private final Publisher publisher;
    private final RecordIntake intake;
    private final Replies replies;
    private final Watches watches;

    public Gauges(Lanes lanes, Publisher publisher, RecordIntake intake, Replies replies, Watches watches) {
        this.lanes = lanes;
        this.publisher = publisher;
        this.intake = intake;
        this.replies = replies;
        this.watches = watches;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (int number = 0; number < lanes.count(); number++) {
            int lane = number;
            Gauge.builder("tributary.lane.waiting", lanes, all -> all.waiting(lane))
                    .description("Writes that wait in a lane")
                    .tag("lane", Integer.toString(lane))
                    .register(registry);
            Gauge.builder(
                            "tributary.publisher.lag",
                            publisher,
                            each -> each.lag(lane).toMillis() / 1e3)
                    .description("Age of a lane's oldest change that is not published yet")
                    .baseUnit("seconds")
                    .tag("lane", Integer.toString(lane))
                    .register(registry);
        }
        Gauge.builder("tributary.lanes.open", lanes, Lanes::open)
                .description("Lanes that this instance owns")
                .register(registry);
        Gauge.builder("tributary.publisher.standing", publisher, Publisher::standing)
                .description("Lanes whose publishing stands still until an operator mends the topic")
                .register(registry);
        Gauge.builder("tributary.lanes.waiting", lanes, Lanes::waitingBytes)
                .description("Memory of all writes that wait in lanes, roughly")
                .baseUnit("bytes")
                .register(registry);
        FunctionCounter.builder("tributary.replies.dropped", replies, Replies::dropped)
                .description("Outcomes that could not be sent to the topic that their record named")
                .register(registry);
        FunctionCounter.builder("tributary.intake.moved", intake, RecordIntake::moved)
                .description("Records that lay in another partition than their document's lane and were handed on")
                .register(registry);
        bindWatches(registry);
    }

    private void bindWatches(MeterRegistry registry) {
        Gauge.builder("tributary.watches", watches, Watches::count)
                .description("Watches that are open")
                .register(registry);
        Gauge.builder("tributary.watches.catching.up", watches, Watches::catchingUp)
                .description("Watches that read the changelog for themselves")
                .register(registry);
        Gauge.builder("tributary.watches.waiting", watches, Watches::waitingBytes)
                .description("Memory of what waits for the readers of watches, roughly")
                .baseUnit("bytes")
                .register(registry);
        FunctionCounter.builder("tributary.watches.slow", watches, Watches::slow)
                .description("Watches that were ended since their readers were too slow")
                .register(registry);
        FunctionCounter.builder("tributary.watches.reset", watches, Watches::resets)
                .description("Watches that had to begin anew")
                .register(registry);
    }
}
