package io.tributary.service.http.reply;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.json.ProblemJson;
import io.tributary.service.http.request.EntityTags;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** The response that a problem is (RFC 9457). */
public final class ProblemReply {

    private static final String RETRY_AFTER_SECONDS = "1";

    private ProblemReply() {}

    /** With the tag of the document, where the whole request was about it. */
    public static Reply of(Problem problem) {
        ProblemType type = problem.type();
        Reply reply = Reply.of(type.status(), MediaType.APPLICATION_PROBLEM_JSON_VALUE, ProblemJson.write(problem));
        if (type.status() == 429 || type.status() == 503) {
            reply.with(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        Problem.Current current = problem.current();
        if (current != null && current.version() > 0 && problem.index() == null) {
            reply.with(HttpHeaders.ETAG, EntityTags.tag(current.version()));
        }
        return reply;
    }
}
