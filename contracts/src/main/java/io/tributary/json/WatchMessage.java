package io.tributary.json;

import io.tributary.change.Problem;
import io.tributary.name.CollectionName;
import io.tributary.name.DocumentName;
import io.tributary.write.Filter;
import org.jspecify.annotations.Nullable;

/** What a client says on a connection that carries many watches. */
public sealed interface WatchMessage {

    /**
     * Begins a watch.
     *
     * @param watch what the client calls it from now on
     * @param snapshot whether to tell what is there before what changes
     * @param lastEventId the id of the last event that was heard of it, null to begin anew
     * @param integers how its events have large integers
     */
    record Begin(
            String watch,
            Target target,
            boolean snapshot,
            @Nullable String lastEventId,
            IntegerForm integers) implements WatchMessage {}

    /** Ends a watch. */
    record End(String watch) implements WatchMessage {}

    /**
     * Cannot be read.
     *
     * @param watch the watch that was to begin, null when the fault comes before its name
     */
    record Faulty(@Nullable String watch, Problem problem) implements WatchMessage {}

    /** What is to be watched. */
    sealed interface Target {

        /** One document. */
        record Document(DocumentName name) implements Target {}

        /** The documents of a collection that match. */
        record Collection(CollectionName name, Filter where) implements Target {}
    }
}
