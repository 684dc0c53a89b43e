package io.tributary.json;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.query.Job;
import io.tributary.query.JobRequest;
import io.tributary.query.UpdateResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one job, ignoring what it does not know. */
final class JobReader {

    private final JsonInput in;
    private final String database;
    private final UpdateResultForm.CountsReader counts = new UpdateResultForm.CountsReader();
    private final List<UpdateResult.Failed> failures = new ArrayList<>();
    private @Nullable Long id;
    private Job.@Nullable State state;
    private @Nullable JobRequest request;
    private long scanned;
    private @Nullable String after;
    private @Nullable Instant createdAt;
    private @Nullable Instant endedAt;
    private @Nullable Problem problem;

    private JobReader(JsonInput in, String database) {
        this.in = in;
        this.database = database;
    }

    static Job read(JsonInput in, String database) {
        return new JobReader(in, database).job();
    }

    private Job job() {
        in.eachMember("a job, an object", this::member);
        if (id == null || state == null || request == null || createdAt == null) {
            throw in.fault(
                    ProblemType.BAD_VALUE, "a job has \"id\", \"state\", \"request\" or \"check\", and \"createdAt\"");
        }
        Job.Progress progress = new Job.Progress(scanned, after, createdAt, endedAt);
        return new Job(id, request, state, counts.counts(), progress, problem, failures);
    }

    private void member(String name) {
        switch (name) {
            case "id" -> id = JobJson.id(in);
            case "state" -> state = state();
            case "request" -> request = UpdateByQueryReader.read(in, database);
            case "check" -> request = SchemaCheckForm.read(in, database);
            case "createdAt" -> createdAt = in.time("a time");
            case "endedAt" -> endedAt = in.time("a time");
            case "problem" -> problem = ProblemForm.read(in);
            case "progress" -> in.eachMember("a progress, an object", this::progress);
            case "failures" -> in.eachElement("an array of failures", this::failure);
            default -> {
                if (!counts.member(in, name)) {
                    in.skip();
                }
            }
        }
    }

    private Job.State state() {
        String name = in.text("a state");
        return Arrays.stream(Job.State.values())
                .filter(known -> OptionReader.wireName(known).equals(name))
                .findFirst()
                .orElseThrow(() -> in.fault(ProblemType.BAD_VALUE, "unknown state " + Text.quoted(name)));
    }

    private void progress(String name) {
        switch (name) {
            case "scanned" -> scanned = in.integer("a count");
            case "after" -> after = in.text("an id");
            default -> in.skip();
        }
    }

    private void failure() {
        if (UpdateResultForm.read(in, database) instanceof UpdateResult.Failed failed) {
            failures.add(failed);
        }
    }
}
