package io.tributary.service.document;

import io.tributary.change.Change;
import io.tributary.change.Outcome;
import io.tributary.change.Problem;
import io.tributary.write.Write;
import java.util.List;

/** What a write made of a document. */
public sealed interface Result {

    /** The document after the write: the state that the next write is applied to. */
    DocumentState after();

    /**
     * What to answer the caller, with as much detail as the write asked for.
     *
     * @param write the write that had this result
     */
    Outcome outcome(Write write);

    /**
     * The document has a new version.
     *
     * @param before the document that the write was applied to
     * @param after the new version
     * @param effect all that changed, nothing omitted
     * @param steps the effect of each step of an update that has several, else empty
     * @param skipped the fields that were left out of the write
     */
    record Applied(
            DocumentState before,
            DocumentState after,
            Outcome.Effect effect,
            List<Outcome.Effect> steps,
            List<Outcome.Skipped> skipped)
            implements Result {

        /** Whether the document came into being. */
        public boolean created() {
            return !before.exists();
        }

        /** What happened to the document, as its {@link Change} names it. */
        public Change.Kind kind() {
            if (created()) {
                return Change.Kind.CREATE;
            }
            return after.exists() ? Change.Kind.UPDATE : Change.Kind.DELETE;
        }

        @Override
        public Outcome outcome(Write write) {
            return Outcomes.applied(write, after, created(), true, effect, steps, skipped);
        }
    }

    /**
     * The write succeeded and had nothing to change: no new version, no change to publish.
     *
     * @param after the document, as it was
     * @param steps as in {@link Applied}; steps can undo one another
     * @param skipped as in {@link Applied}
     */
    record Unchanged(DocumentState after, List<Outcome.Effect> steps, List<Outcome.Skipped> skipped) implements Result {

        @Override
        public Outcome outcome(Write write) {
            return Outcomes.applied(write, after, false, false, Outcome.Effect.NONE, steps, skipped);
        }
    }

    /**
     * The write was refused, nothing of it was applied.
     *
     * @param after the document, as it was
     * @param problems at least one; all fields at fault have theirs
     */
    record Refused(DocumentState after, List<Problem> problems) implements Result {

        @Override
        public Outcome outcome(Write write) {
            return new Outcome.Refused(write.document(), problems.getFirst());
        }
    }
}
