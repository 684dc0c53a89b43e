package io.tributary.service.job;

import static io.tributary.service.job.Workshop.DATABASE;
import static io.tributary.service.job.Workshop.SOON;
import static io.tributary.service.job.Workshop.update;
import static io.tributary.service.job.Workshop.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.name.DocumentName;
import io.tributary.query.Job;
import io.tributary.query.UpdateByQuery;
import io.tributary.query.UpdateCounts;
import io.tributary.query.UpdateReport;
import io.tributary.query.UpdateResult;
import io.tributary.service.lane.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class JobsTest {

    private final Workshop shop = new Workshop();
    private final Jobs jobs = shop.jobs();

    @Test
    void changesWhatMatches() {
        shop.product("a", "{\"n\":0}").product("b", "{\"n\":5}").product("c", "{\"n\":0}");

        UpdateReport report = done(update("\"where\":{\"n\":0},\"increment\":{\"n\":1},\"limit\":10"));

        assertThat(report.counts()).isEqualTo(new UpdateCounts(2, 2, 0, 0, 0));
        assertThat(report.results())
                .extracting(result -> result.document().id(), result -> ((UpdateResult.Applied) result).version())
                .containsExactly(tuple("a", 2L), tuple("c", 2L));
        assertThat(shop.n("b")).isEqualTo(5);
    }

    @Test
    void takesTheFirstInAnOrder() {
        shop.products(3_000);

        UpdateReport report = done(
                update(
                        "\"where\":{},\"all\":true,\"increment\":{\"n\":1},\"orderBy\":\"-number\",\"offset\":1500,\"limit\":2"));

        assertThat(ids(report)).containsExactly("p01499", "p01498");
        assertThat(shop.lanes.applied()).hasSize(2);
    }

    @Test
    void countsWhatHadNothingToChange() {
        shop.products(3);

        assertThat(done(update("\"where\":{\"n\":0},\"set\":{\"n\":0},\"limit\":10"))
                        .counts())
                .isEqualTo(new UpdateCounts(3, 0, 3, 0, 0));
    }

    @Test
    void skipsWhatDoesNotMatchAnyMore() {
        shop.products(3);
        shop.lanes.before(document -> shop.product("p00001", "{\"n\":7}"));

        UpdateReport report = done(update("\"where\":{\"n\":0},\"increment\":{\"n\":1},\"limit\":10"));

        assertThat(report.counts()).isEqualTo(new UpdateCounts(3, 2, 0, 1, 0));
        assertThat(report.results().get(1)).isEqualTo(new UpdateResult.Skipped(document("p00001")));
        assertThat(shop.n("p00001")).isEqualTo(7);
    }

    @Test
    void skipsWhatWasDeletedMeanwhile() {
        shop.products(1);
        shop.lanes.before(document -> shop.store.remove("products/p00000"));

        assertThat(done(update("\"where\":{},\"all\":true,\"delete\":true,\"limit\":10"))
                        .counts())
                .isEqualTo(new UpdateCounts(1, 0, 0, 1, 0));
    }

    @Test
    void saysWhyADocumentCouldNotBeChanged() {
        shop.product("a", "{\"n\":\"many\"}").product("b", "{\"n\":0}");

        UpdateReport report = done(update("\"where\":{},\"all\":true,\"increment\":{\"n\":1},\"limit\":10"));

        assertThat(report.counts()).isEqualTo(new UpdateCounts(2, 1, 0, 0, 1));
        assertThat(((UpdateResult.Failed) report.results().getFirst()).problem().type())
                .isEqualTo(ProblemType.TYPE_MISMATCH);
    }

    @Test
    void triesOnlyWhenAsked() {
        shop.product("a", "{\"n\":\"many\"}").product("b", "{\"n\":0}");

        UpdateReport report =
                done(update("\"where\":{},\"all\":true,\"increment\":{\"n\":1},\"limit\":10,\"dryRun\":true"));

        assertThat(report.counts()).isEqualTo(new UpdateCounts(2, 1, 0, 0, 1));
        assertThat(((UpdateResult.Applied) report.results().getLast()).version())
                .isEqualTo(1);
        assertThat(shop.lanes.applied()).isEmpty();
    }

    @Test
    void changesNothingWhenTooManyMatch() {
        shop.products(2_001);

        Problem refused = refused(update("\"where\":{\"n\":0},\"increment\":{\"n\":1},\"max\":2000"), null);

        assertThat(refused.type()).isEqualTo(ProblemType.TOO_MANY);
        assertThat(shop.lanes.applied()).isEmpty();
        assertThat(shop.jobStore.all()).isEmpty();
    }

    @Test
    void changesAsManyAsMayMatch() {
        shop.products(20);

        assertThat(done(update("\"where\":{\"n\":0},\"increment\":{\"n\":1},\"max\":20,\"limit\":100"))
                        .counts()
                        .modified())
                .isEqualTo(20);
    }

    @Test
    void makesAJobOfWhatHasNoLimit() {
        shop.products(3_000);

        Reception reception = submit(update("\"where\":{\"n\":0},\"increment\":{\"n\":1}"), null, Patience.USUAL);

        assertThat(reception).isEqualTo(new Reception.Begun(1, false));
        awaitEnd();
        assertThat(shop.job().state()).isEqualTo(Job.State.SUCCEEDED);
        assertThat(shop.job().counts()).isEqualTo(new UpdateCounts(3_000, 3_000, 0, 0, 0));
        assertThat(shop.job().progress().scanned()).isEqualTo(3_000);
        assertThat(shop.lanes.applied()).doesNotHaveDuplicates().hasSize(3_000);
    }

    @Test
    void waitsForAJobAsLongAsItsCallerDoes() {
        shop.products(3_000);

        Reception reception = submit(update("\"where\":{\"n\":0},\"increment\":{\"n\":1}"), null, waiting());

        UpdateReport report = ((Reception.Done) reception).report();
        assertThat(report.job()).isEqualTo(1);
        assertThat(report.counts()).isEqualTo(new UpdateCounts(3_000, 3_000, 0, 0, 0));
        assertThat(ids(report)).hasSize(1_000).isSorted();
    }

    @Test
    void tellsOfAJobThatTakesLonger() {
        shop.products(1);
        shop.lanes.answerOnly(0);

        assertThat(submit(
                        update("\"where\":{\"n\":0},\"increment\":{\"n\":1}"),
                        null,
                        new Patience(false, Duration.ofMillis(1))))
                .isEqualTo(new Reception.Begun(1, false));
    }

    @Test
    void deletes() {
        shop.products(1_500);

        submit(update("\"where\":{\"number\":{\"gte\":1400}},\"delete\":true"), null, waiting());

        assertThat(shop.job().counts()).isEqualTo(new UpdateCounts(100, 100, 0, 0, 0));
        assertThat(shop.store.state(document("p01400")).exists()).isFalse();
        assertThat(shop.store.state(document("p01399")).exists()).isTrue();
    }

    @Test
    void leavesOutAndStopsAsAsked() {
        shop.products(3_000);

        submit(update("\"where\":{\"n\":0},\"increment\":{\"n\":1},\"offset\":700,\"limit\":1234"), null, waiting());

        assertThat(shop.job().counts().modified()).isEqualTo(1_234);
        assertThat(shop.lanes.applied())
                .contains(document("p00700"), document("p01933"))
                .hasSize(1_234);
    }

    @Test
    void leavesOutMoreThanThereIs() {
        shop.products(10);

        submit(update("\"where\":{\"n\":0},\"increment\":{\"n\":1},\"offset\":700"), null, waiting());

        assertThat(shop.job().state()).isEqualTo(Job.State.SUCCEEDED);
        assertThat(shop.job().counts()).isEqualTo(UpdateCounts.NONE);
    }

    @Test
    void findsNothingInAnEmptyCollection() {
        submit(update("\"where\":{\"n\":0},\"increment\":{\"n\":1}"), null, waiting());

        assertThat(shop.job().state()).isEqualTo(Job.State.SUCCEEDED);
    }

    @Test
    void triesALargeOneWithoutChangingAnything() {
        shop.products(2_000);

        submit(update("\"where\":{\"n\":0},\"increment\":{\"n\":1},\"dryRun\":true"), null, waiting());

        assertThat(shop.job().counts()).isEqualTo(new UpdateCounts(2_000, 2_000, 0, 0, 0));
        assertThat(shop.lanes.applied()).isEmpty();
    }

    @Test
    void makesAJobOfASmallOneWhoseCallerComesBack() {
        shop.products(10);
        UpdateByQuery last = update("\"where\":{\"n\":0},\"increment\":{\"n\":1},\"orderBy\":\"-number\",\"limit\":2");

        assertThat(submit(last, null, new Patience(true, null))).isEqualTo(new Reception.Begun(1, false));

        awaitEnd();
        assertThat(shop.lanes.applied()).extracting(DocumentName::id).containsExactlyInAnyOrder("p00009", "p00008");
    }

    @Test
    void makesOneJobOfAKey() {
        shop.products(10);
        UpdateByQuery update = update("\"where\":{\"n\":{\"lt\":5}},\"increment\":{\"n\":1}");

        assertThat(submit(update, "k", Patience.USUAL)).isEqualTo(new Reception.Begun(1, false));
        awaitEnd();
        assertThat(submit(update, "k", Patience.USUAL)).isEqualTo(new Reception.Begun(1, true));

        assertThat(shop.lanes.applied()).hasSize(10);
    }

    @Test
    void answersARepetitionAsTheFirst() {
        shop.products(10);
        UpdateByQuery nextTwo = update("\"where\":{\"n\":0},\"increment\":{\"n\":1},\"limit\":2");

        Reception first = submit(nextTwo, "k", Patience.USUAL);
        Reception again = submit(nextTwo, "k", Patience.USUAL);

        assertThat(((Reception.Done) again).replayed()).isTrue();
        assertThat(((Reception.Done) again).report()).isEqualTo(((Reception.Done) first).report());
        assertThat(shop.lanes.applied()).hasSize(2);
    }

    @Test
    void refusesTheKeyOfAnother() {
        submit(update("\"where\":{\"n\":0},\"increment\":{\"n\":1}"), "k", Patience.USUAL);

        assertThat(refused(update("\"where\":{\"n\":0},\"increment\":{\"n\":2}"), "k")
                        .type())
                .isEqualTo(ProblemType.ID_REUSE);
    }

    @Test
    void endsAJobThatIsCancelled() {
        shop.products(3_000);
        shop.lanes.before(document -> jobs.cancel(DATABASE, 1).subscribe());

        submit(update("\"where\":{\"n\":0},\"increment\":{\"n\":1}"), null, Patience.USUAL);

        awaitEnd();
        assertThat(shop.job().state()).isEqualTo(Job.State.CANCELLED);
        assertThat(shop.job().counts().modified())
                .isEqualTo(shop.lanes.applied().size())
                .isBetween(1L, 2_000L);
    }

    @Test
    void keepsTheDocumentsThatFailed() {
        shop.products(1_200).product("z", "{\"n\":\"many\"}");

        submit(update("\"where\":{},\"all\":true,\"increment\":{\"n\":1}"), null, waiting());

        Job job = Objects.requireNonNull(jobs.job(DATABASE, 1).block(SOON));
        assertThat(job.state()).isEqualTo(Job.State.SUCCEEDED);
        assertThat(job.counts()).isEqualTo(new UpdateCounts(1_201, 1_200, 0, 0, 1));
        assertThat(job.failures())
                .extracting(failure -> failure.document().id())
                .containsExactly("z");
    }

    @Test
    void listsTheNewestFirst() {
        for (int n = 0; n < 3; n++) {
            submit(update("\"where\":{\"n\":0},\"increment\":{\"n\":1}"), null, Patience.USUAL);
        }

        assertThat(jobs.list(DATABASE, Long.MAX_VALUE, 2).block(SOON))
                .extracting(Job::id)
                .containsExactly(3L, 2L);
        assertThat(jobs.list(DATABASE, 2, 2).block(SOON)).extracting(Job::id).containsExactly(1L);
        assertThat(jobs.list("elsewhere", Long.MAX_VALUE, 2).block(SOON)).isEmpty();
    }

    @Test
    void runsWhatAnotherInstanceHasLeft() {
        shop.products(100);
        shop.lanes.answerOnly(50);
        submit(update("\"where\":{\"n\":0},\"increment\":{\"n\":1}"), null, Patience.USUAL);
        await().atMost(SOON).until(() -> shop.lanes.applied().size() >= 64);

        jobs.runner().stop().block(SOON);
        shop.lanes.answerOnly(Integer.MAX_VALUE);
        Jobs other = shop.jobs();
        other.runner().start();

        awaitEnd();
        other.runner().stop().block(SOON);
        assertThat(shop.job().counts()).isEqualTo(new UpdateCounts(100, 100, 0, 0, 0));
        assertThat(shop.lanes.applied()).hasSize(100);
    }

    @Test
    void answersWithWhatNobodyKnows() {
        shop.products(1);
        shop.lanes.refuseOnce(new Answer.GivenUp(Problem.of(ProblemType.OUTCOME_UNKNOWN, "lost")));

        UpdateReport report = done(update("\"where\":{\"n\":0},\"increment\":{\"n\":1},\"limit\":1"));

        assertThat(report.counts().failed()).isEqualTo(1);
    }

    private Reception submit(UpdateByQuery update, @Nullable String key, Patience patience) {
        return Objects.requireNonNull(jobs.submit(update, key, patience).block(SOON));
    }

    private UpdateReport done(UpdateByQuery update) {
        return ((Reception.Done) submit(update, null, Patience.USUAL)).report();
    }

    private Problem refused(UpdateByQuery update, @Nullable String key) {
        Problem[] problem = new Problem[1];
        StepVerifier.create(jobs.submit(update, key, Patience.USUAL))
                .consumeErrorWith(error -> problem[0] = ((ProblemException) error).problem())
                .verify(SOON);
        return problem[0];
    }

    private void awaitEnd() {
        await().atMost(SOON).until(() -> shop.jobStore.all().getLast().settled());
    }

    private static List<String> ids(UpdateReport report) {
        return report.results().stream().map(result -> result.document().id()).toList();
    }

    private static DocumentName document(String id) {
        return DocumentName.of("products/" + id);
    }
}
