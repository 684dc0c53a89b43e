package io.tributary.json;

import io.tributary.query.Job;
import io.tributary.query.JobRequest;
import io.tributary.query.SchemaCheck;
import io.tributary.query.UpdateByQuery;
import tools.jackson.core.JsonGenerator;

/** Writes one job. */
final class JobWriter {

    private final JsonGenerator out;

    JobWriter(JsonGenerator out) {
        this.out = out;
    }

    void job(Job job, boolean failures) {
        out.writeStartObject();
        out.writeStringProperty("id", Long.toString(job.id()));
        out.writeStringProperty("state", OptionReader.wireName(job.state()));
        UpdateResultForm.write(out, job.counts());
        progress(job.progress());
        out.writeStringProperty("createdAt", Timestamps.format(job.progress().createdAt()));
        if (job.progress().endedAt() != null) {
            out.writeStringProperty("endedAt", Timestamps.format(job.progress().endedAt()));
        }
        if (job.problem() != null) {
            out.writeName("problem");
            ProblemForm.write(out, job.problem());
        }
        request(out, job.request());
        if (failures) {
            out.writeArrayPropertyStart("failures");
            job.failures().forEach(failure -> UpdateResultForm.write(out, failure));
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    /** Writes a request as the member of an object that the caller has begun. */
    static void request(JsonGenerator out, JobRequest request) {
        if (request instanceof UpdateByQuery update) {
            out.writeName("request");
            new UpdateByQueryWriter(out, Form.WIRE).write(update);
        } else if (request instanceof SchemaCheck check) {
            out.writeName("check");
            SchemaCheckForm.write(out, check);
        }
    }

    private void progress(Job.Progress progress) {
        out.writeObjectPropertyStart("progress");
        out.writeNumberProperty("scanned", progress.scanned());
        if (progress.after() != null) {
            out.writeStringProperty("after", progress.after());
        }
        out.writeEndObject();
    }
}
