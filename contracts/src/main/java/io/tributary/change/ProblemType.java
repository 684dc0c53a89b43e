package io.tributary.change;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of problems, each with the HTTP status it is answered with. Members are added, never changed. */
public enum ProblemType {
    MALFORMED(400, "The request cannot be read"),
    UNKNOWN_MEMBER(400, "Unknown member"),
    UNKNOWN_PARAMETER(400, "Unknown query parameter"),
    BAD_PATH(400, "Not a valid name or path"),
    BAD_VALUE(400, "Not a valid value"),
    CONFLICTING_PATHS(400, "Two operators address the same field"),
    LIMIT_EXCEEDED(400, "A limit is exceeded"),
    UNAUTHENTICATED(401, "Authentication is required"),
    FORBIDDEN(403, "Not permitted"),
    NOT_FOUND(404, "No such document"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    NOT_ACCEPTABLE(406, "Not acceptable"),
    ALREADY_EXISTS(409, "The document exists already"),
    CONFLICT(409, "A document changed meanwhile"),
    CONDITION_FAILED(412, "The condition does not hold"),
    REQUEST_TOO_LARGE(413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    TYPE_MISMATCH(422, "The stored value has another type"),
    OVERFLOW(422, "The result does not fit into 64 bits"),
    SCHEMA_VIOLATION(422, "The document would violate its schema"),
    NOTHING_VALID(422, "Nothing valid is left"),
    DOCUMENT_TOO_LARGE(422, "The document would be too large"),
    PATCH_FAILED(422, "The patch does not apply"),
    COMPUTE_FAILED(422, "An expression has no value here"),
    TOO_MANY(422, "Too many documents match"),
    TRIGGER_LOOP(422, "Triggers fire one another without end"),
    WEBHOOK_FAILED(502, "The webhook did not take the change"),
    ID_REUSE(422, "The id belongs to another write"),
    UPGRADE_REQUIRED(426, "This is for WebSockets"),
    BUSY(429, "Too much is waiting already"),
    INTERNAL(500, "Internal error"),
    UNAVAILABLE(503, "A store is away"),
    QUERY_TIMEOUT(503, "The query took too long"),
    OUTCOME_UNKNOWN(504, "The outcome is not known");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The type called {@code slug}, {@code condition-failed}; empty when this version knows none. */
    public static Optional<ProblemType> ofSlug(String slug) {
        return Arrays.stream(values()).filter(type -> type.slug().equals(slug)).findFirst();
    }

    /** A type that is answered with {@code status}; {@link #INTERNAL} when none is. */
    public static ProblemType ofStatus(int status) {
        return Arrays.stream(values())
                .filter(type -> type.status == status)
                .findFirst()
                .orElse(INTERNAL);
    }

    /** The last part of the problem's {@code type}: {@code condition-failed}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The {@code type} of RFC 9457: {@code urn:tributary:problem:condition-failed}. */
    public String urn() {
        return "urn:tributary:problem:" + slug();
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }
}
