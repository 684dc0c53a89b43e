package io.tributary.service.job;

import io.tributary.query.JobRequest;
import io.tributary.query.SchemaCheck;
import io.tributary.query.UpdateByQuery;
import io.tributary.query.UpdateResult;
import io.tributary.service.document.DocumentLimits;
import io.tributary.service.document.DocumentState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a job does with each of its documents. */
sealed interface Task permits Edit, Inspection {

    /** What a job with this id was asked to do. */
    static Task of(JobRequest request, long job) {
        return switch (request) {
            case UpdateByQuery update -> new Edit(update, "job/" + job);
            case SchemaCheck check -> new Inspection(check);
        };
    }

    JobRequest request();

    /** How many documents per second at most, null for as many as possible. */
    @Nullable
    Double rate();

    /** Whether nothing is changed: documents are only {@link #tried}. */
    boolean isDry();

    /** What there is to say of a document as it is; its version and time are those of now. */
    UpdateResult tried(DocumentState document, Instant now, DocumentLimits limits);
}
