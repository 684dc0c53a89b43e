package io.tributary.service.start;

import org.jspecify.annotations.Nullable;

/**
 * The service cannot start as it is configured, or where it is. The operator reads {@link #fault} and {@link #remedy} in the
 * place of a stack trace.
 */
public final class RefusedStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String fault;
    private final String remedy;

    /**
     * @param fault what is wrong, without a full stop: "PostgreSQL 16 is too old"
     * @param remedy what the operator is to do about it, as a sentence
     */
    public RefusedStartException(String fault, String remedy) {
        this(fault, remedy, null);
    }

    /** @param cause is not shown, unless Spring Boot's debug log is on */
    public RefusedStartException(String fault, String remedy, @Nullable Throwable cause) {
        super(fault + ". " + remedy, cause);
        this.fault = fault;
        this.remedy = remedy;
    }

    public String fault() {
        return fault;
    }

    public String remedy() {
        return remedy;
    }
}
