package io.tributary.service.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tributary.service.lane.CommitObserver;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Meters of lanes' queues and committers' batches. */
public final class CommitMeters implements CommitObserver {

    private final MeterRegistry registry;
    private final List<Timer> waits;
    private final List<Timer> commits;
    private final List<DistributionSummary> batches;
    private final List<DistributionSummary> folds;

    public CommitMeters(MeterRegistry registry, int lanes, int committers) {
        this.registry = registry;
        this.waits = each(
                lanes,
                lane -> Timer.builder("tributary.lane.wait")
                        .description("Time from a write's admission to the batch that takes it")
                        .tag("lane", Integer.toString(lane))
                        .register(registry));
        this.commits = each(
                committers,
                committer -> Timer.builder("tributary.commit")
                        .description("Time of a commit statement")
                        .tag("committer", Integer.toString(committer))
                        .publishPercentiles(0.5, 0.99)
                        .register(registry));
        this.batches = each(
                committers,
                committer -> DistributionSummary.builder("tributary.batch.writes")
                        .description("Writes in a batch")
                        .tag("committer", Integer.toString(committer))
                        .register(registry));
        this.folds = each(
                committers,
                committer -> DistributionSummary.builder("tributary.batch.folded")
                        .description("Writes for each row of documents that a batch stores")
                        .tag("committer", Integer.toString(committer))
                        .register(registry));
    }

    private static <T> List<T> each(int count, IntFunction<T> make) {
        return IntStream.range(0, count).mapToObj(make).toList();
    }

    @Override
    public void waited(int lane, Duration inQueue) {
        waits.get(lane).record(inQueue);
    }

    @Override
    public void committed(int committer, int lanes, int writes, int documents, Duration taken) {
        commits.get(committer).record(taken);
        batches.get(committer).record(writes);
        if (documents > 0) {
            folds.get(committer).record((double) writes / documents);
        }
    }

    @Override
    public void rejected(String slug) {
        Counter.builder("tributary.writes.refused")
                .description("Writes that were refused, by problem")
                .tag("problem", slug)
                .register(registry)
                .increment();
    }

    @Override
    public void failed(int committer, String kind) {
        Counter.builder("tributary.commit.failures")
                .description("Statements that failed, by what is certain afterwards")
                .tag("committer", Integer.toString(committer))
                .tag("kind", kind)
                .register(registry)
                .increment();
    }
}
