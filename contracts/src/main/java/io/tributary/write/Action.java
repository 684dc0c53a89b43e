package io.tributary.write;

import io.tributary.value.MapValue;
import java.util.List;

/** What a {@link Write} does to its document. */
public sealed interface Action {

    /** The actions that change a document in place, and need one unless {@link #upsert()}. */
    sealed interface Patch extends Action permits Update, MergePatch, JsonPatch {

        /** Whether a missing document starts from the empty map; otherwise the write is refused. */
        boolean upsert();
    }

    /**
     * Applies operators.
     *
     * @param steps at least one; each works on the result of the one before
     * @param upsert see {@link Patch#upsert()}
     */
    record Update(List<Step> steps, boolean upsert) implements Patch {

        /** @throws IllegalArgumentException when there is no step */
        public Update {
            steps = List.copyOf(steps);
            if (steps.isEmpty()) {
                throw new IllegalArgumentException("an update has at least one step");
            }
        }

        /** An update of one step. */
        public static Update of(Operator... operators) {
            return new Update(List.of(new Step(List.of(operators))), false);
        }

        public Update withUpsert(boolean upsert) {
            return new Update(steps, upsert);
        }
    }

    /** A merge patch (RFC 7396); typed values are replaced whole. */
    record MergePatch(MapValue patch, boolean upsert) implements Patch {}

    /** A JSON Patch (RFC 6902), all operations or none; typed values are replaced whole. */
    record JsonPatch(List<JsonPatchOperation> operations, boolean upsert) implements Patch {

        public JsonPatch {
            operations = List.copyOf(operations);
        }
    }

    /** Creates the document, refused when it exists. */
    record Create(MapValue data) implements Action {}

    /** Gives the document this data, whether it exists or not. */
    record Replace(MapValue data) implements Action {}

    /** Deletes the document; a missing one stays missing without error. */
    record Delete() implements Action {}

    /** Changes nothing: the condition alone decides the outcome. */
    record Verify() implements Action {}
}
