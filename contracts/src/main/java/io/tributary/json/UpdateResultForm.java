package io.tributary.json;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.name.DocumentName;
import io.tributary.query.UpdateCounts;
import io.tributary.query.UpdateResult;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The JSON form of what became of one document, and of how many, inside whatever text. */
final class UpdateResultForm {

    private final JsonInput in;
    private final String database;
    private @Nullable DocumentName document;
    private long version;
    private @Nullable Instant time;
    private boolean modified;
    private boolean skipped;
    private @Nullable Problem problem;

    private UpdateResultForm(JsonInput in, String database) {
        this.in = in;
        this.database = database;
    }

    static void write(JsonGenerator out, UpdateResult result) {
        out.writeStartObject();
        out.writeStringProperty("document", result.document().path());
        if (result instanceof UpdateResult.Applied applied) {
            out.writeNumberProperty("version", applied.version());
            if (applied.time() != null) {
                out.writeStringProperty("time", Timestamps.format(applied.time()));
            }
            out.writeBooleanProperty("modified", applied.modified());
        } else if (result instanceof UpdateResult.Skipped) {
            out.writeBooleanProperty("skipped", true);
        } else if (result instanceof UpdateResult.Failed failed) {
            out.writeName("problem");
            ProblemForm.write(out, failed.problem());
        }
        out.writeEndObject();
    }

    /** Writes the counts as members of an object that the caller has begun. */
    static void write(JsonGenerator out, UpdateCounts counts) {
        out.writeNumberProperty("matched", counts.matched());
        out.writeNumberProperty("modified", counts.modified());
        out.writeNumberProperty("unchanged", counts.unchanged());
        out.writeNumberProperty("skipped", counts.skipped());
        out.writeNumberProperty("failed", counts.failed());
    }

    static UpdateResult read(JsonInput in, String database) {
        return new UpdateResultForm(in, database).result();
    }

    private UpdateResult result() {
        in.eachMember("a result, an object", this::member);
        if (document == null) {
            throw in.fault(ProblemType.BAD_VALUE, "the result has no \"document\"");
        }
        if (problem != null) {
            return new UpdateResult.Failed(document, problem);
        }
        return skipped
                ? new UpdateResult.Skipped(document)
                : new UpdateResult.Applied(document, version, time, modified);
    }

    private void member(String name) {
        switch (name) {
            case "document" -> document = name();
            case "version" -> version = in.integer("a version");
            case "time" -> time = in.time("a time");
            case "modified" -> modified = in.bool("true or false");
            case "skipped" -> skipped = in.bool("true or false");
            case "problem" -> problem = ProblemForm.read(in);
            default -> in.skip();
        }
    }

    private DocumentName name() {
        String path = in.text("the name of a document");
        return in.checking(ProblemType.BAD_PATH, () -> DocumentName.of(database, path));
    }

    /** Reads counts that stand among other members. */
    static final class CountsReader {

        private long matched;
        private long modified;
        private long unchanged;
        private long skipped;
        private long failed;

        /** Reads a member; false when it is no count and nothing was read. */
        boolean member(JsonInput in, String name) {
            switch (name) {
                case "matched" -> matched = in.integer("a count");
                case "modified" -> modified = in.integer("a count");
                case "unchanged" -> unchanged = in.integer("a count");
                case "skipped" -> skipped = in.integer("a count");
                case "failed" -> failed = in.integer("a count");
                default -> {
                    return false;
                }
            }
            return true;
        }

        UpdateCounts counts() {
            return new UpdateCounts(matched, modified, unchanged, skipped, failed);
        }
    }
}
