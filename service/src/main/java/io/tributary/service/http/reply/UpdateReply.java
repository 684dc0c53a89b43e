package io.tributary.service.http.reply;

import io.tributary.json.UpdateReportJson;
import io.tributary.json.ValueJson;
import io.tributary.name.DatabaseName;
import io.tributary.service.http.request.Preferences;
import io.tributary.service.job.Reception;
import io.tributary.value.MapValue;
import io.tributary.value.StringValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** The response to an update by query. */
public final class UpdateReply {

    private UpdateReply() {}

    /** 200 with what it did, or 202 with the {@code Location} of the job that it is. */
    public static Reply of(String database, Reception reception, Preferences preferences) {
        return switch (reception) {
            case Reception.Done(var report, boolean replayed) ->
                OutcomeReply.marked(
                        replayed,
                        applied(
                                preferences,
                                report.job() != null,
                                Reply.of(200, MediaType.APPLICATION_JSON_VALUE, UpdateReportJson.write(report))));
            case Reception.Begun(long job, boolean replayed) ->
                OutcomeReply.marked(replayed, applied(preferences, true, begun(database, job)));
        };
    }

    /** 202 with the {@code Location} of a job that has begun. */
    public static Reply begun(String database, long job) {
        MapValue body = MapValue.of(Map.of("job", new StringValue(Long.toString(job))));
        return Reply.of(202, MediaType.APPLICATION_JSON_VALUE, ValueJson.write(body))
                .with(HttpHeaders.LOCATION, url(database, job));
    }

    private static String url(String database, long job) {
        return "/v1" + (database.equals(DatabaseName.DEFAULT) ? "" : "/databases/" + database) + "/jobs/" + job;
    }

    private static Reply applied(Preferences preferences, boolean isJob, Reply reply) {
        List<String> applied = new ArrayList<>();
        if (preferences.async() && isJob) {
            applied.add("respond-async");
        }
        Duration wait = preferences.patience();
        if (wait != null && isJob) {
            applied.add("wait=" + wait.toSeconds());
        }
        return applied.isEmpty() ? reply : reply.with("Preference-Applied", String.join(", ", applied));
    }
}
