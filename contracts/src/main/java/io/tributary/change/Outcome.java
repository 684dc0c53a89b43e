package io.tributary.change;

import io.tributary.name.DocumentName;
import io.tributary.value.MapValue;
import io.tributary.value.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of a write that reached its document. */
public sealed interface Outcome {

    /** The document that was asked to change. */
    DocumentName document();

    /**
     * The write was applied.
     *
     * @param version the version that the write made, a delete's too; of an unchanged document its own, 0 when there is none
     * @param time when that version was committed; null when there is none
     * @param created whether the document came into being
     * @param modified whether anything changed
     * @param effect what changed; {@link Effect#NONE} with {@code return} minimal
     * @param steps the effect of each step of an update that has several, else empty
     * @param data the document afterwards, with {@code return} document only
     * @param skipped the fields of the write that were invalid and left out, with {@code onInvalid} skip only
     */
    record Applied(
            DocumentName document,
            long version,
            @Nullable Instant time,
            boolean created,
            boolean modified,
            Effect effect,
            List<Effect> steps,
            @Nullable MapValue data,
            List<Skipped> skipped)
            implements Outcome {

        public Applied {
            skipped = List.copyOf(skipped);
        }

        /** Of a write that was applied as it was. */
        public Applied(
                DocumentName document,
                long version,
                @Nullable Instant time,
                boolean created,
                boolean modified,
                Effect effect,
                List<Effect> steps,
                @Nullable MapValue data) {
            this(document, version, time, created, modified, effect, steps, data, List.of());
        }
    }

    /** The write was refused by the state of its document; nothing changed. */
    record Refused(DocumentName document, Problem problem) implements Outcome {}

    /**
     * A field of a write that was left out.
     *
     * @param path its dotted path
     * @param problem why: what its schema does not allow, or why its operator could not be applied
     */
    record Skipped(String path, Problem problem) {}

    /**
     * What a write changed.
     *
     * @param changes the new values by dotted path
     * @param removed the dotted paths that are gone
     * @param omitted the dotted paths whose new values are too large to be repeated here
     */
    record Effect(Map<String, Value> changes, List<String> removed, List<String> omitted) {

        /** Nothing changed, or nothing is to be told. */
        public static final Effect NONE = new Effect(Map.of(), List.of(), List.of());
    }
}
