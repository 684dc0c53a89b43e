package io.tributary.json;

import io.tributary.query.Job;
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
        out.writeName("request");
        new UpdateByQueryWriter(out, Form.WIRE).write(job.request());
        if (failures) {
            out.writeArrayPropertyStart("failures");
            job.failures().forEach(failure -> UpdateResultForm.write(out, failure));
            out.writeEndArray();
        }
        out.writeEndObject();
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
