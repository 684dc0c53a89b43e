package io.tributary.json;

import io.tributary.change.ProblemException;
import io.tributary.write.Filter;

/** Filters as JSON: {@code {"stock": {"gte": 1}, "status": "open"}}. */
public final class FilterJson {

    private FilterJson() {}

    /**
     * Reads a filter over a document.
     *
     * @throws ProblemException with a JSON Pointer to the fault
     */
    public static Filter read(String json, Limits limits) {
        return JsonText.read(json, limits, FilterReader::ofDocument);
    }

    /** Writes what {@link #read} reads back as a filter that means the same. */
    public static byte[] write(Filter filter) {
        return JsonOutput.bytes(out -> new FilterWriter(out, Form.WIRE).filter(filter));
    }
}
