package io.tributary.json;

import io.tributary.change.ProblemException;
import io.tributary.query.UpdateReport;
import io.tributary.query.UpdateResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What updates by query did, as JSON. */
public final class UpdateReportJson {

    private UpdateReportJson() {}

    /** Writes {@code {"matched", "modified", "unchanged", "skipped", "failed", "results": […]}}, and {@code job} where it was one. */
    public static byte[] write(UpdateReport report) {
        return JsonOutput.bytes(out -> {
            out.writeStartObject();
            if (report.job() != null) {
                out.writeStringProperty("job", Long.toString(report.job()));
            }
            UpdateResultForm.write(out, report.counts());
            out.writeArrayPropertyStart("results");
            report.results().forEach(result -> UpdateResultForm.write(out, result));
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    /**
     * Reads what {@link #write} wrote; members that this version does not know are ignored.
     *
     * @param database the database of the documents
     * @throws ProblemException when {@code json} is no such report
     */
    public static UpdateReport read(String database, byte[] json) {
        return JsonText.read(json, Limits.TRUSTED, in -> new Reader(in, database).report());
    }

    /** Writes what became of one document, for the service's own use. */
    public static byte[] writeStored(UpdateResult result) {
        return JsonOutput.bytes(out -> UpdateResultForm.write(out, result));
    }

    /**
     * Reads what {@link #writeStored} wrote.
     *
     * @throws ProblemException when {@code json} is anything else
     */
    public static UpdateResult readStored(String database, byte[] json) {
        return JsonText.read(json, Limits.TRUSTED, in -> UpdateResultForm.read(in, database));
    }

    private static final class Reader {

        private final JsonInput in;
        private final String database;
        private final UpdateResultForm.CountsReader counts = new UpdateResultForm.CountsReader();
        private final List<UpdateResult> results = new ArrayList<>();
        private @Nullable Long job;

        private Reader(JsonInput in, String database) {
            this.in = in;
            this.database = database;
        }

        private UpdateReport report() {
            in.eachMember("a report, an object", this::member);
            return new UpdateReport(job, counts.counts(), results);
        }

        private void member(String name) {
            switch (name) {
                case "job" -> job = JobJson.id(in);
                case "results" ->
                    in.eachElement("an array of results", () -> results.add(UpdateResultForm.read(in, database)));
                default -> {
                    if (!counts.member(in, name)) {
                        in.skip();
                    }
                }
            }
        }
    }
}
