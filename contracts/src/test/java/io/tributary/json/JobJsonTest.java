package io.tributary.json;

import static io.tributary.json.Refusal.text;
import static io.tributary.json.Refusal.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.name.CollectionName;
import io.tributary.name.DocumentName;
import io.tributary.query.Job;
import io.tributary.query.SchemaCheck;
import io.tributary.query.UpdateByQuery;
import io.tributary.query.UpdateCounts;
import io.tributary.query.UpdateReport;
import io.tributary.query.UpdateResult;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobJsonTest {

    private static final Instant TIME = Instant.parse("2026-11-21T08:00:00.000001Z");
    private static final DocumentName DOCUMENT = DocumentName.of("tenant", "products/p1");
    private static final UpdateResult.Failed FAILED = new UpdateResult.Failed(
            DOCUMENT, Problem.of(ProblemType.OVERFLOW, "too much").withDocument("products/p1"));

    @Test
    void writesAJob() {
        assertThat(text(JobJson.write(job(Job.State.RUNNING, null)))).isEqualTo("""
                        {"id":"17","state":"running","matched":5,"modified":1,"unchanged":1,"skipped":1,"failed":2,\
                        "progress":{"scanned":9,"after":"p9"},"createdAt":"2026-11-21T08:00:00.000001Z",\
                        "request":{"collection":"products","where":{"a":1},"delete":true},\
                        "failures":[{"document":"products/p1","problem":{"type":"urn:tributary:problem:overflow",\
                        "title":"The result does not fit into 64 bits","status":422,"detail":"too much",\
                        "document":"products/p1"}}]}""");
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatItWrites(Job.State state) {
        Problem problem = state == Job.State.FAILED ? Problem.of(ProblemType.INTERNAL, "broken") : null;
        Job job = job(state, problem);

        assertThat(JobJson.read("tenant", JobJson.write(job))).isEqualTo(job);
    }

    @Test
    void writesAndReadsAJobThatChecks() {
        Job update = job(Job.State.RUNNING, null);
        Job check = new Job(
                17,
                new SchemaCheck(new CollectionName("tenant", "products"), "{\"multipleOf\":0.10}"),
                update.state(),
                update.counts(),
                update.progress(),
                null,
                update.failures());

        assertThat(text(JobJson.write(check)))
                .contains("\"check\":{\"collection\":\"products\",\"schema\":{\"multipleOf\":0.10}}");
        assertThat(JobJson.read("tenant", JobJson.write(check))).isEqualTo(check);
        assertThat(JobRequestJson.readStored("tenant", JobRequestJson.writeStored(check.request())))
                .isEqualTo(check.request());
        assertThat(JobRequestJson.readStored("tenant", JobRequestJson.writeStored(update.request())))
                .isEqualTo(update.request());
    }

    @Test
    void leavesFailuresOutOfAList() {
        assertThat(text(JobJson.write(List.of(job(Job.State.RUNNING, null)), "17")))
                .startsWith("{\"jobs\":[{\"id\":\"17\"")
                .doesNotContain("failures")
                .endsWith("],\"cursor\":\"17\"}");
    }

    @Test
    void writesAReport() {
        UpdateReport report = new UpdateReport(
                17L,
                new UpdateCounts(3, 1, 0, 1, 1),
                List.of(new UpdateResult.Applied(DOCUMENT, 2, TIME, true), new UpdateResult.Skipped(DOCUMENT), FAILED));

        assertThat(text(UpdateReportJson.write(report)))
                .startsWith(
                        "{\"job\":\"17\",\"matched\":3,\"modified\":1,\"unchanged\":0,\"skipped\":1,\"failed\":1,\"results\":["
                                + "{\"document\":\"products/p1\",\"version\":2,\"time\":\"2026-11-21T08:00:00.000001Z\","
                                + "\"modified\":true},{\"document\":\"products/p1\",\"skipped\":true},{");
        assertThat(UpdateReportJson.read("tenant", UpdateReportJson.write(report)))
                .isEqualTo(report);
    }

    @Test
    void keepsAResult() {
        assertThat(UpdateReportJson.readStored("tenant", UpdateReportJson.writeStored(FAILED)))
                .isEqualTo(FAILED);
    }

    private static Job job(Job.State state, @Nullable Problem problem) {
        UpdateByQuery request = UpdateByQueryJson.read(
                "tenant", utf8("{\"collection\":\"products\",\"where\":{\"a\":1},\"delete\":true}"), Limits.DEFAULT);
        Instant ended = state == Job.State.RUNNING ? null : TIME;
        return new Job(
                17,
                request,
                state,
                new UpdateCounts(5, 1, 1, 1, 2),
                new Job.Progress(9, "p9", TIME, ended),
                problem,
                List.of(FAILED));
    }
}
