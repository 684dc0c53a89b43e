package io.tributary.service.watch.feed;

/** Whether a document matches a filter after a change. */
public enum Match {
    YES,
    NO,
    /** The change does not carry the document; a later one that was committed with it does. */
    UNKNOWN
}
