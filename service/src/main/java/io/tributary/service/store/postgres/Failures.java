package io.tributary.service.store.postgres;

import io.r2dbc.postgresql.api.PostgresqlException;
import io.r2dbc.spi.R2dbcException;
import io.tributary.service.store.StoreException;
import io.tributary.service.store.StoreException.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a failure says about what was sent.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">the list of SQLSTATEs</a>
 */
final class Failures {

    private static final String DIVISION_BY_ZERO = "22012";
    private static final String CHECK_VIOLATION = "23514";
    private static final String DISK_FULL = "53100";

    /** Lock and time limits, and what loses against another session. The first two also end the session. */
    private static final Set<String> NOT_APPLIED = Set.of(
            "25P03", // idle_in_transaction_session_timeout
            "25P04", // transaction_timeout
            "40001", // serialization_failure
            "40P01", // deadlock_detected
            "55P03", // lock_not_available
            "57014"); // query_canceled, statement_timeout

    private Failures() {}

    /** A failure to connect: whatever it was, nothing was sent. */
    static StoreException connecting(Throwable failure) {
        return failure instanceof StoreException known
                ? known
                : new StoreException(Kind.AWAY, "PostgreSQL takes no connection: " + failure.getMessage(), failure);
    }

    /** A failure after a statement was sent. Without values: servers quote them, and this message is logged. */
    static StoreException sent(Throwable failure) {
        if (failure instanceof StoreException known) {
            return known;
        }
        String state = state(failure);
        Kind kind = kind(state, severity(failure));
        boolean quotes = kind == Kind.REFUSED || kind == Kind.WRONG_VERSION;
        return new StoreException(kind, message(kind, state), quotes ? null : failure);
    }

    /** Whether the session cannot be used any more. */
    static boolean endsSession(Throwable failure) {
        return state(failure) == null || sent(failure).kind() == Kind.UNKNOWN || isFatal(severity(failure));
    }

    private static Kind kind(@Nullable String state, @Nullable String severity) {
        if (state == null || state.startsWith("08")) {
            return Kind.UNKNOWN;
        }
        if (NOT_APPLIED.contains(state)) {
            return Kind.NOT_APPLIED;
        }
        if (isFatal(severity)) {
            return Kind.UNKNOWN;
        }
        return switch (state.substring(0, 2)) {
            case "22" -> state.equals(DIVISION_BY_ZERO) ? Kind.WRONG_VERSION : Kind.REFUSED;
            // No table has a check; this one tells that a partition for the time is missing.
            case "23" -> state.equals(CHECK_VIOLATION) ? Kind.AWAY : Kind.REFUSED;
            case "21", "54" -> Kind.REFUSED;
            default -> Kind.AWAY;
        };
    }

    private static String message(Kind kind, @Nullable String state) {
        String what = switch (kind) {
            case NOT_APPLIED -> "PostgreSQL gave up waiting";
            case WRONG_VERSION -> "a document has another version than expected";
            case REFUSED -> "PostgreSQL refuses a value";
            case AWAY -> DISK_FULL.equals(state) ? "the disk of PostgreSQL is full" : "PostgreSQL cannot do it now";
            case UNKNOWN -> "the answer of PostgreSQL is lost";
        };
        return state == null ? what : what + " (SQLSTATE " + state + ")";
    }

    private static @Nullable String state(Throwable failure) {
        return failure instanceof R2dbcException known ? known.getSqlState() : null;
    }

    private static @Nullable String severity(Throwable failure) {
        return failure instanceof PostgresqlException known
                ? known.getErrorDetails().getSeverityNonLocalized()
                : null;
    }

    private static boolean isFatal(@Nullable String severity) {
        return "FATAL".equals(severity) || "PANIC".equals(severity);
    }
}
