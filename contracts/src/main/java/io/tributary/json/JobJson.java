package io.tributary.json;

import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.query.Job;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs as JSON. */
public final class JobJson {

    private JobJson() {}

    /** Writes {@code {"id", "state", "request", "matched", …, "progress", "createdAt", "endedAt", "failures"}}. */
    public static byte[] write(Job job) {
        return JsonOutput.bytes(out -> new JobWriter(out).job(job, true));
    }

    /**
     * Writes {@code {"jobs": […], "cursor"}}, without the failures of the jobs.
     *
     * @param cursor where to go on, null for nowhere
     */
    public static byte[] write(List<Job> jobs, @Nullable String cursor) {
        return JsonOutput.bytes(out -> {
            out.writeStartObject();
            out.writeArrayPropertyStart("jobs");
            jobs.forEach(job -> new JobWriter(out).job(job, false));
            out.writeEndArray();
            if (cursor != null) {
                out.writeStringProperty("cursor", cursor);
            }
            out.writeEndObject();
        });
    }

    /**
     * Reads what {@link #write(Job)} wrote; members that this version does not know are ignored.
     *
     * @param database the database that the job works on
     * @throws ProblemException when {@code json} is no job
     */
    public static Job read(String database, byte[] json) {
        return JsonText.read(json, Limits.TRUSTED, in -> JobReader.read(in, database));
    }

    static long id(JsonInput in) {
        String text = in.text("the id of a job, a string of digits");
        return in.checking(ProblemType.BAD_VALUE, () -> Long.parseLong(text));
    }
}
