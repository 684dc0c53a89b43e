package io.tributary.service.watch;

import io.tributary.change.Problem;
import io.tributary.kafka.changelog.LaneRecord;
import io.tributary.service.document.DocumentState;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that a watcher is told.
 *
 * @param token where to go on when this was the last thing heard; null where there is no such place
 */
public record WatchEvent(Type type, @Nullable String token, Content content) {

    /** What happened. */
    public enum Type {
        /** A document as it is. */
        SNAPSHOT,
        /** A change of a document that is watched. */
        CHANGE,
        /** A change after which a document matches that did not. */
        ENTER,
        /** A change after which a document does not match any more, or is deleted. */
        LEAVE,
        /** Everything up to here was told. */
        SYNCED,
        /** The watch ends, as its reader was too slow. */
        SLOW,
        /** What was told before may be out of date; all is told anew. */
        RESET,
        /** The watch ends, as the service cannot go on with it. */
        PROBLEM,
        /** Nothing; it shows that the connection is alive. */
        HEART_BEAT;

        /** The name on the wire: lower case. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What there is to say about it. */
    public sealed interface Content {

        /** A change, as the changelog has it. */
        record OfChange(LaneRecord change) implements Content {}

        /** A document that exists. */
        record OfDocument(DocumentState document) implements Content {}

        /** Why the watch ends. */
        record OfProblem(Problem problem) implements Content {}

        /** Why all is told anew. */
        record OfReason(ResetReason reason) implements Content {}

        /** Nothing. */
        record Nothing() implements Content {}
    }

    /** Why a watch cannot go on where it was. */
    public enum ResetReason {
        /** The changelog does not keep what follows any more. */
        TOO_OLD,
        /** The changelog is another one. */
        OTHER_CHANGELOG,
        /** Changes are missing in the changelog. */
        CHANGES_MISSING;

        /** The name on the wire. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
