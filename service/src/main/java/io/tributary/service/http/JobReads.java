package io.tributary.service.http;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.json.JobJson;
import io.tributary.query.Job;
import io.tributary.service.http.reply.Reply;
import io.tributary.service.http.request.MediaTypes;
import io.tributary.service.http.request.Parameters;
import io.tributary.service.http.request.Refusal;
import io.tributary.service.http.request.RequestBody;
import io.tributary.service.http.server.ConnectionThread;
import io.tributary.service.job.Jobs;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Gives out jobs, and ends them. */
final class JobReads {

    private static final int USUAL_LIMIT = 50;
    private static final int LARGEST_LIMIT = 100;
    private static final String ID = "[1-9][0-9]{0,17}";

    private final Jobs jobs;

    JobReads(Jobs jobs) {
        this.jobs = jobs;
    }

    /** Which job of a database is meant; the id as it came. */
    record Target(String database, String id) {}

    /** {@code GET} of a job. */
    Mono<Reply> get(Target target, ServerHttpRequest request) {
        MediaTypes.requireJsonAccepted(request.getHeaders());
        Parameters.of(request.getURI().getRawQuery(), Set.of());
        return found(target, id -> jobs.job(target.database(), id));
    }

    /** {@code DELETE} of a job, which ends it; it can still be read. */
    Mono<Reply> cancel(Target target, ServerHttpRequest request) {
        MediaTypes.requireJsonAccepted(request.getHeaders());
        Parameters.of(request.getURI().getRawQuery(), Set.of());
        if (RequestBody.isAnnounced(request.getHeaders())) {
            throw Refusal.of(ProblemType.MALFORMED, "DELETE takes no body");
        }
        return found(target, id -> jobs.cancel(target.database(), id));
    }

    /** {@code GET} of the jobs of a database. */
    Mono<Reply> list(String database, ServerHttpRequest request) {
        MediaTypes.requireJsonAccepted(request.getHeaders());
        Parameters parameters = Parameters.of(request.getURI().getRawQuery(), Set.of("limit", "cursor"));
        int limit = limit(parameters.get("limit"));
        long before = before(parameters.get("cursor"));
        return ConnectionThread.resumed(jobs.list(database, before, limit))
                .map(found -> Reply.of(200, MediaTypes.JSON, JobJson.write(found, cursor(found, limit))));
    }

    private static Mono<Reply> found(Target target, LongFunction<Mono<Job>> search) {
        Mono<Job> found = target.id().matches(ID) ? search.apply(Long.parseLong(target.id())) : Mono.empty();
        return ConnectionThread.resumed(found)
                .map(job -> Reply.of(200, MediaTypes.JSON, JobJson.write(job)))
                .switchIfEmpty(Mono.error(
                        () -> new Refusal(Problem.of(ProblemType.NOT_FOUND, "there is no such job (any more)"))));
    }

    private static @Nullable String cursor(List<Job> page, int limit) {
        return page.size() < limit ? null : Long.toString(page.getLast().id());
    }

    private static long before(@Nullable String cursor) {
        if (cursor == null) {
            return Long.MAX_VALUE;
        }
        if (!cursor.matches(ID)) {
            throw Refusal.of(ProblemType.BAD_VALUE, "the cursor is none that was given out here");
        }
        return Long.parseLong(cursor);
    }

    private static int limit(@Nullable String limit) {
        if (limit == null) {
            return USUAL_LIMIT;
        }
        if (limit.matches("[1-9][0-9]{0,3}") && Integer.parseInt(limit) <= LARGEST_LIMIT) {
            return Integer.parseInt(limit);
        }
        throw Refusal.of(ProblemType.BAD_VALUE, "a limit is a number from 1 to " + LARGEST_LIMIT);
    }
}
