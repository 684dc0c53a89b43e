package io.tributary.service.store;

import org.jspecify.annotations.Nullable;

/** The store could not do what it was asked. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    public StoreException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What is certain after the failure. */
    public enum Kind {
        /** Nothing was written: a lock or a time limit. To be repeated as it is. */
        NOT_APPLIED,
        /** Nothing was written: a document's version in the store is another than the batch was computed on. */
        WRONG_VERSION,
        /** Nothing was written: the store refuses some value in it (SQLSTATE class 22, 23 or 54). */
        REFUSED,
        /** Nothing was written: there is no connection to be had, or the server cannot write now (disk full, read-only). */
        AWAY,
        /** The answer is lost; what was sent may be written, now or a little later. */
        UNKNOWN
    }
}
