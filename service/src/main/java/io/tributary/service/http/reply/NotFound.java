package io.tributary.service.http.reply;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;

/** What is said of a URL that leads nowhere. */
public final class NotFound {

    private NotFound() {}

    public static Problem problem() {
        return Problem.of(
                ProblemType.NOT_FOUND,
                "there is no such resource; documents are at /v1/documents/{collection}/{id}, GET /v1 lists what there is");
    }
}
