package io.tributary.service.document;

import io.tributary.change.Problem;
import io.tributary.value.MapValue;
import java.util.List;

/** What the documents of a collection must be like. Thread-safe, and the same data is judged the same. */
public interface DocumentSchema {

    /** More of them are not looked for. */
    int MOST_VIOLATIONS = 1_000;

    /**
     * What of {@code data} is not as it must be, {@link #MOST_VIOLATIONS} at most; empty when all is. A violation with an
     * empty pointer is about the document as a whole.
     */
    List<Problem.Violation> violations(MapValue data);
}
