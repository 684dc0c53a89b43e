package io.tributary.service.job;

import io.tributary.change.Problem;
import io.tributary.change.Problem.Violation;
import io.tributary.change.ProblemType;
import io.tributary.query.SchemaCheck;
import io.tributary.query.UpdateResult;
import io.tributary.service.document.DocumentLimits;
import io.tributary.service.document.DocumentSchema;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.DocumentState.Lifetime;
import io.tributary.service.schema.SchemaCompiler;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges documents by a schema. Used by one at a time. */
final class Inspection implements Task {

    /** A job keeps up to a thousand documents that it found fault with. */
    private static final int MOST_LISTED = 10;

    private final SchemaCheck request;
    private @Nullable DocumentSchema schema;

    Inspection(SchemaCheck request) {
        this.request = request;
    }

    @Override
    public SchemaCheck request() {
        return request;
    }

    @Override
    public @Nullable Double rate() {
        return null;
    }

    @Override
    public boolean isDry() {
        return true;
    }

    @Override
    public UpdateResult tried(DocumentState document, Instant now, DocumentLimits limits) {
        List<Violation> violations = document.data() == null ? List.of() : schema().violations(document.data());
        if (violations.isEmpty()) {
            Lifetime lifetime = document.lifetime();
            return new UpdateResult.Applied(
                    document.name(), document.visibleVersion(), lifetime == null ? null : lifetime.time(), false);
        }
        Problem problem = Problem.of(
                        ProblemType.SCHEMA_VIOLATION,
                        "the document violates the schema: "
                                + violations.getFirst().pointer() + " "
                                + violations.getFirst().detail())
                .withDocument(document.name().path())
                .withViolations(violations.stream().limit(MOST_LISTED).toList());
        return new UpdateResult.Failed(document.name(), problem);
    }

    private DocumentSchema schema() {
        if (schema == null) {
            schema = SchemaCompiler.compile(request.schema().getBytes(StandardCharsets.UTF_8));
        }
        return schema;
    }
}
