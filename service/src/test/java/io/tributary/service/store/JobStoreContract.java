package io.tributary.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.json.Limits;
import io.tributary.json.UpdateByQueryJson;
import io.tributary.name.CollectionName;
import io.tributary.name.DocumentName;
import io.tributary.query.Job;
import io.tributary.query.SchemaCheck;
import io.tributary.query.UpdateByQuery;
import io.tributary.query.UpdateCounts;
import io.tributary.query.UpdateResult;
import io.tributary.service.store.JobStore.Lease;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store of jobs does: gives back what it was given, and lets one at a time run a job. */
public interface JobStoreContract {

    Duration LONGEST = Duration.ofSeconds(20);

    Lease MINE = new Lease(UUID.randomUUID(), Duration.ofMinutes(1));
    Lease YOURS = new Lease(UUID.randomUUID(), Duration.ofMinutes(1));
    Lease SPENT = new Lease(MINE.owner(), Duration.ofMillis(-1));

    Instant TIME = Instant.parse("2026-11-21T08:00:00.000001Z");

    /** An empty store. */
    JobStore jobs();

    @Test
    default void givesAJobBackAsItWasMade() {
        JobPlace start = new JobPlace("p1", "p9", List.of("p2", "it's \"p3\", {}"), TIME);
        StoredJob made = create(job("shop", null, start), MINE);

        assertThat(made.job().state()).isEqualTo(Job.State.RUNNING);
        assertThat(made.job().request()).isEqualTo(request("shop"));
        assertThat(made.job().counts()).isEqualTo(UpdateCounts.NONE);
        assertThat(made.fingerprint()).isEqualTo("f");
        assertThat(made.place()).isEqualTo(start);
        assertThat(jobs().find("shop", made.id()).block(LONGEST)).isEqualTo(made);
    }

    @Test
    default void givesACheckBackAsItWasMade() {
        SchemaCheck check = new SchemaCheck(new CollectionName("shop", "products"), "{\"title\":\"it's\"}");

        StoredJob made = create(new NewJob(check, null, "", false, empty()), MINE);

        assertThat(made.job().request()).isEqualTo(check);
        assertThat(made.database()).isEqualTo("shop");
        assertThat(jobs().find("shop", made.id()).block(LONGEST)).isEqualTo(made);
    }

    @Test
    default void keepsJobsOfDatabasesApart() {
        StoredJob made = create(job("shop", "k", empty()), MINE);

        assertThat(jobs().find("default", made.id()).blockOptional(LONGEST)).isEmpty();
        assertThat(jobs().findByKey("default", "k").blockOptional(LONGEST)).isEmpty();
        assertThat(jobs().list("default", Long.MAX_VALUE, 10).block(LONGEST)).isEmpty();
        assertThat(jobs().cancel("default", made.id()).blockOptional(LONGEST)).isEmpty();
        assertThat(create(job("default", "k", empty()), MINE).id()).isNotEqualTo(made.id());
    }

    @Test
    default void makesOneJobOfAKey() {
        StoredJob made = create(job("shop", "k", empty()), MINE);

        JobStore.Created again = jobs().create(job("shop", "k", empty()), YOURS).block(LONGEST);

        assertThat(again).isEqualTo(new JobStore.Created(made, false));
        assertThat(jobs().findByKey("shop", "k").block(LONGEST)).isEqualTo(made);
    }

    @Test
    default void listsTheNewestFirst() {
        List<Long> ids = LongStream.range(0, 4)
                .mapToObj(n -> create(job("shop", null, empty()), MINE).id())
                .toList()
                .reversed();

        assertThat(jobs().list("shop", Long.MAX_VALUE, 3).block(LONGEST))
                .extracting(StoredJob::id)
                .isEqualTo(ids.subList(0, 3));
        assertThat(jobs().list("shop", ids.get(2), 3).block(LONGEST))
                .extracting(StoredJob::id)
                .containsExactly(ids.getLast());
    }

    @Test
    default void storesHowFarAJobIs() {
        StoredJob made = create(job("shop", null, empty()), MINE);
        JobPlace place = new JobPlace("p5", null, List.of("p6"), TIME.plusSeconds(1));
        UpdateCounts counts = new UpdateCounts(10, 4, 3, 2, 1);

        assertThat(advance(made, MINE, new JobAdvance(counts, 77, place, List.of(), null)))
                .isEqualTo(Job.State.RUNNING);

        StoredJob stored = find(made);
        assertThat(stored.place()).isEqualTo(place);
        assertThat(stored.job().counts()).isEqualTo(counts);
        assertThat(stored.job().progress().scanned()).isEqualTo(77);
        assertThat(stored.job().progress().after()).isEqualTo("p5");
        assertThat(stored.settled()).isFalse();
    }

    @Test
    default void keepsResultsOnceHoweverOftenTheyAreStored() {
        StoredJob made = create(job("shop", null, empty()), MINE);
        UpdateResult applied = new UpdateResult.Applied(document("p1"), 2, TIME, true);
        UpdateResult.Failed failed =
                new UpdateResult.Failed(document("p3"), Problem.of(ProblemType.OVERFLOW, "too much"));
        JobAdvance advance = new JobAdvance(
                UpdateCounts.NONE,
                0,
                empty(),
                List.of(
                        new JobAdvance.Kept(0, applied),
                        new JobAdvance.Kept(1, new UpdateResult.Skipped(document("p2"))),
                        new JobAdvance.Kept(2, failed)),
                null);
        advance(made, MINE, advance);
        advance(made, MINE, advance);

        assertThat(jobs().results(made, 2).block(LONGEST))
                .containsExactly(applied, new UpdateResult.Skipped(document("p2")));
        assertThat(jobs().failures(made).block(LONGEST)).containsExactly(failed);
    }

    @Test
    default void settlesAJobThatEnds() {
        StoredJob made = create(job("shop", null, empty()), MINE);
        Problem problem = Problem.of(ProblemType.INTERNAL, "broken");
        JobAdvance end =
                new JobAdvance(UpdateCounts.NONE, 0, empty(), List.of(), new JobAdvance.End(Job.State.FAILED, problem));

        assertThat(advance(made, MINE, end)).isEqualTo(Job.State.FAILED);
        assertThat(advance(made, MINE, end)).isEqualTo(Job.State.FAILED);

        StoredJob ended = find(made);
        assertThat(ended.settled()).isTrue();
        assertThat(ended.job().problem()).isEqualTo(problem);
        assertThat(ended.job().progress().endedAt()).isNotNull();
        assertThat(jobs().renew(made.id(), MINE).block(LONGEST)).isFalse();
    }

    @Test
    default void storesNothingForWhoHasLostTheLease() {
        StoredJob made = create(job("shop", null, empty()), SPENT);
        assertThat(jobs().take(YOURS).block(LONGEST).id()).isEqualTo(made.id());

        JobAdvance advance = new JobAdvance(new UpdateCounts(1, 1, 0, 0, 0), 9, empty(), List.of(), null);

        assertThat(jobs().advance(made.id(), MINE, advance).blockOptional(LONGEST))
                .isEmpty();
        assertThat(jobs().renew(made.id(), MINE).block(LONGEST)).isFalse();
        assertThat(find(made).job().counts()).isEqualTo(UpdateCounts.NONE);
    }

    @Test
    default void leasesAJobToOneAtATime() {
        create(job("shop", null, empty()), MINE);

        assertThat(jobs().take(YOURS).blockOptional(LONGEST)).isEmpty();
    }

    @Test
    default void leasesAJobWhoseLeaseIsOver() {
        StoredJob made = create(job("shop", null, empty()), SPENT);

        assertThat(jobs().take(YOURS).block(LONGEST)).isEqualTo(made);
        assertThat(jobs().take(YOURS).blockOptional(LONGEST)).isEmpty();
    }

    @Test
    default void prolongsALease() {
        StoredJob made = create(job("shop", null, empty()), SPENT);

        assertThat(jobs().renew(made.id(), MINE).block(LONGEST)).isTrue();
        assertThat(jobs().take(YOURS).blockOptional(LONGEST)).isEmpty();
    }

    @Test
    default void leasesWhatItsOwnerHasGivenUp() {
        StoredJob made = create(job("shop", null, empty()), MINE);
        jobs().release(MINE.owner()).block(LONGEST);

        assertThat(jobs().take(YOURS).block(LONGEST)).isEqualTo(made);
    }

    @Test
    default void leasesNoJobThatIsSettled() {
        StoredJob made = create(job("shop", null, empty()), MINE);
        end(made, Job.State.SUCCEEDED);
        jobs().release(MINE.owner()).block(LONGEST);

        assertThat(jobs().take(YOURS).blockOptional(LONGEST)).isEmpty();
    }

    @Test
    default void letsTheRunnerOfACancelledJobStoreWhatItHasDone() {
        StoredJob made = create(job("shop", null, empty()), MINE);

        StoredJob cancelled = jobs().cancel("shop", made.id()).block(LONGEST);
        assertThat(cancelled.job().state()).isEqualTo(Job.State.CANCELLED);
        assertThat(cancelled.job().progress().endedAt()).isNotNull();
        assertThat(cancelled.settled()).isFalse();

        UpdateCounts counts = new UpdateCounts(3, 3, 0, 0, 0);
        JobPlace more = new JobPlace("p3", "p9", List.of("p4"), TIME);
        assertThat(advance(made, MINE, new JobAdvance(counts, 3, more, List.of(), null)))
                .isEqualTo(Job.State.CANCELLED);
        StoredJob settled = find(made);
        assertThat(settled.settled()).isTrue();
        assertThat(settled.job().counts()).isEqualTo(counts);
        assertThat(settled.place().pending()).isEmpty();
    }

    @Test
    default void leavesAJobThatHasEndedAsItIs() {
        StoredJob made = create(job("shop", null, empty()), MINE);
        end(made, Job.State.SUCCEEDED);

        assertThat(jobs().cancel("shop", made.id()).block(LONGEST)).isEqualTo(find(made));
        assertThat(find(made).job().state()).isEqualTo(Job.State.SUCCEEDED);
    }

    @Test
    default void removesWhatEndedTooLongAgo() {
        StoredJob running = create(job("shop", null, empty()), MINE);
        StoredJob ended = create(job("shop", null, empty()), MINE);
        StoredJob brief = create(new NewJob(request("shop"), null, "f", true, empty()), MINE);
        end(ended, Job.State.SUCCEEDED);
        end(brief, Job.State.SUCCEEDED);

        assertThat(jobs().purge(Duration.ofDays(1), Duration.ofDays(1)).block(LONGEST))
                .isZero();
        assertThat(jobs().purge(Duration.ofDays(1), Duration.ofMillis(-1)).block(LONGEST))
                .isEqualTo(1);
        assertThat(jobs().purge(Duration.ofMillis(-1), Duration.ofMillis(-1)).block(LONGEST))
                .isEqualTo(1);
        assertThat(jobs().list("shop", Long.MAX_VALUE, 10).block(LONGEST)).containsExactly(running);
    }

    // Helpers

    private StoredJob create(NewJob job, Lease lease) {
        return Objects.requireNonNull(jobs().create(job, lease).block(LONGEST)).job();
    }

    private StoredJob find(StoredJob job) {
        return Objects.requireNonNull(jobs().find(job.database(), job.id()).block(LONGEST));
    }

    private Job.@Nullable State advance(StoredJob job, Lease lease, JobAdvance advance) {
        return jobs().advance(job.id(), lease, advance).block(LONGEST);
    }

    private void end(StoredJob job, Job.State state) {
        advance(job, MINE, new JobAdvance(UpdateCounts.NONE, 0, empty(), List.of(), new JobAdvance.End(state, null)));
    }

    private static JobPlace empty() {
        return new JobPlace(null, null, List.of(), TIME);
    }

    private static NewJob job(String database, @Nullable String key, JobPlace start) {
        return new NewJob(request(database), key, "f", false, start);
    }

    private static UpdateByQuery request(String database) {
        String json = "{\"collection\":\"products\",\"where\":{\"name\":\"é\"},\"increment\":{\"n\":1}}";
        return UpdateByQueryJson.read(database, json.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT);
    }

    private static DocumentName document(String id) {
        return DocumentName.of("shop", "products/" + id);
    }
}
