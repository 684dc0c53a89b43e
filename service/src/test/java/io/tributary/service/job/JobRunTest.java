package io.tributary.service.job;

import static io.tributary.service.job.Workshop.DATABASE;
import static io.tributary.service.job.Workshop.SOON;
import static io.tributary.service.job.Workshop.id;
import static io.tributary.service.job.Workshop.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.name.DocumentName;
import io.tributary.query.Job;
import io.tributary.query.UpdateCounts;
import io.tributary.query.UpdateResult;
import io.tributary.service.lane.Answer;
import io.tributary.service.store.JobPlace;
import io.tributary.service.store.JobStore.Lease;
import io.tributary.service.store.NewJob;
import io.tributary.service.store.StoredJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

class JobRunTest {

    private static final int PRODUCTS = 300;
    private static final Lease LEASE = new Lease(UUID.randomUUID(), Duration.ofMinutes(1));

    private final Workshop shop = new Workshop().products(PRODUCTS);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 100, 299})
    void goesOnWhereItWasWithoutApplyingTwice(int answered) {
        make("\"where\":{\"n\":0},\"increment\":{\"n\":1}", id(PRODUCTS - 1));
        shop.lanes.answerOnly(answered);
        Disposable crashing = shop.run().subscribe();
        await().atMost(SOON).until(() -> shop.lanes.applied().size() > answered);
        crashing.dispose();
        shop.lanes.answerOnly(Integer.MAX_VALUE);

        toTheEnd();

        assertThat(shop.job().state()).isEqualTo(Job.State.SUCCEEDED);
        assertThat(shop.job().counts()).isEqualTo(new UpdateCounts(PRODUCTS, PRODUCTS, 0, 0, 0));
        assertThat(IntStream.range(0, PRODUCTS).mapToLong(number -> shop.n(id(number))))
                .containsOnly(1L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void storesAgainWhatCouldNotBeStored(boolean answerIsLost) {
        make("\"where\":{\"n\":0},\"increment\":{\"n\":1}", id(PRODUCTS - 1));
        shop.jobStore.failToAdvance(3, answerIsLost);

        toTheEnd();

        assertThat(shop.job().counts()).isEqualTo(new UpdateCounts(PRODUCTS, PRODUCTS, 0, 0, 0));
        assertThat(shop.lanes.applied()).hasSize(PRODUCTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BUSY", "UNAVAILABLE", "OUTCOME_UNKNOWN"})
    void triesAgainWhatMayPass(ProblemType type) {
        make("\"where\":{\"n\":0},\"increment\":{\"n\":1}", id(PRODUCTS - 1));
        shop.lanes.refuseOnce(new Answer.GivenUp(Problem.of(type, "later")));
        shop.lanes.refuseOnce(new Answer.GivenUp(Problem.of(type, "later")));

        toTheEnd();

        assertThat(shop.job().counts()).isEqualTo(new UpdateCounts(PRODUCTS, PRODUCTS, 0, 0, 0));
    }

    @Test
    void givesUpWhatItMayHaveWrittenSoLongAgoThatNobodyKnows() {
        make("\"where\":{\"n\":0},\"increment\":{\"n\":1}", id(PRODUCTS - 1));
        shop.lanes.answerOnly(0);
        shop.lanes.lose(document -> document.compareTo(DocumentName.of("products/" + id(10))) >= 0);
        Disposable crashing = shop.run().subscribe();
        await().atMost(SOON).until(() -> shop.lanes.applied().size() == 10);
        crashing.dispose();
        shop.lanes.lose(document -> false);
        shop.lanes.answerOnly(Integer.MAX_VALUE);
        shop.pass(Workshop.REMEMBERED.plusHours(1));
        shop.lanes.forget();

        toTheEnd();

        assertThat(shop.job().counts()).isEqualTo(new UpdateCounts(PRODUCTS, PRODUCTS - 10, 0, 0, 10));
        assertThat(IntStream.range(0, PRODUCTS).mapToLong(number -> shop.n(id(number))))
                .containsOnly(1L);
        assertThat(failures()).allMatch(failure -> failure.problem().type() == ProblemType.OUTCOME_UNKNOWN);
    }

    @Test
    void endsWithWhatWasThereAtTheBeginning() {
        make("\"where\":{\"n\":0},\"increment\":{\"n\":1}", id(PRODUCTS - 1));
        AtomicInteger next = new AtomicInteger(PRODUCTS);
        shop.lanes.before(document -> shop.product(id(next.getAndIncrement()), "{\"n\":0}"));

        toTheEnd();

        assertThat(shop.job().counts().matched()).isEqualTo(PRODUCTS);
    }

    @Test
    void passesADocumentOnceHoweverItsFieldsChange() {
        make("\"where\":{\"n\":{\"lt\":5}},\"increment\":{\"n\":1}", id(PRODUCTS - 1));

        toTheEnd();

        assertThat(IntStream.range(0, PRODUCTS).mapToLong(number -> shop.n(id(number))))
                .containsOnly(1L);
    }

    @Test
    void goesNoFurtherWhenItHasLostItsLease() {
        make("\"where\":{\"n\":0},\"increment\":{\"n\":1}", id(PRODUCTS - 1));
        shop.lanes.before(document -> {
            if (document.id().equals(id(5))) {
                shop.pass(Duration.ofMinutes(2));
                shop.jobStore.take(LEASE).subscribe();
            }
        });

        toTheEnd();

        assertThat(shop.job().state()).isEqualTo(Job.State.RUNNING);
        assertThat(shop.lanes.applied().size()).isLessThan(PRODUCTS);
    }

    @Test
    void finishesWhatACancelledJobHadBegun() {
        make("\"where\":{\"n\":0},\"increment\":{\"n\":1}", id(PRODUCTS - 1));
        shop.lanes.answerOnly(10);
        Disposable crashing = shop.run().subscribe();
        await().atMost(SOON).until(() -> shop.lanes.applied().size() > 10);
        crashing.dispose();
        shop.lanes.answerOnly(Integer.MAX_VALUE);
        shop.jobStore.cancel(DATABASE, shop.job().id()).block(SOON);

        toTheEnd();

        assertThat(shop.job().state()).isEqualTo(Job.State.CANCELLED);
        assertThat(shop.job().counts().modified())
                .isEqualTo(shop.lanes.applied().size())
                .isLessThan(PRODUCTS);
    }

    @Test
    void failsWhenSomethingIsWrong() {
        make("\"where\":{\"n\":0},\"increment\":{\"n\":1}", id(PRODUCTS - 1));
        shop.lanes.before(document -> {
            throw new IllegalStateException("wrong");
        });

        toTheEnd();

        assertThat(shop.job().state()).isEqualTo(Job.State.FAILED);
        assertThat(shop.job().problem()).isNotNull();
    }

    @Test
    void keepsTheFirstThousandFailures() {
        List<UpdateResult> results = new ArrayList<>();
        for (int n = 0; n < 3_000; n++) {
            DocumentName document = DocumentName.of("products/" + id(n));
            results.add(
                    n % 2 == 0
                            ? new UpdateResult.Applied(document, 2, Instant.EPOCH, true)
                            : new UpdateResult.Failed(document, Problem.of(ProblemType.OVERFLOW, "too much")));
        }

        Tally tally = Tally.of(UpdateCounts.NONE, results);

        assertThat(tally.counts()).isEqualTo(new UpdateCounts(3_000, 1_500, 0, 0, 1_500));
        assertThat(tally.kept()).filteredOn(kept -> kept.ordinal() < 1_000).hasSize(1_000);
        assertThat(tally.kept())
                .filteredOn(kept -> kept.result() instanceof UpdateResult.Failed)
                .hasSize(1_000);
    }

    private void make(String members, String until) {
        JobPlace start = new JobPlace(null, until, List.of(), Instant.parse("2026-11-21T08:00:00Z"));
        StoredJob made = shop.jobStore
                .create(new NewJob(update(members), null, "f", false, start), LEASE)
                .block(SOON)
                .job();
        assertThat(made.job().state()).isEqualTo(Job.State.RUNNING);
    }

    private void toTheEnd() {
        StepVerifier.create(shop.run()).expectComplete().verify(SOON);
    }

    private List<UpdateResult.Failed> failures() {
        return shop.jobStore.failures(shop.jobStore.all().getLast()).block(SOON);
    }
}
