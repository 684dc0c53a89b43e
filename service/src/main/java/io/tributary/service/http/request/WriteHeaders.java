package io.tributary.service.http.request;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.service.intake.TraceContext;
import io.tributary.write.Batch;
import io.tributary.write.Condition;
import io.tributary.write.Filter;
import io.tributary.write.Write;
import io.tributary.write.WriteOptions.Return;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * What a request that writes says beside its body.
 *
 * @param id the {@code Idempotency-Key}, null when there is none
 * @param condition what {@code If-Match}, {@code If-None-Match} and {@code ?where=} ask for, all of it
 * @param preferences how to answer
 * @param traceparent the W3C trace context, null when there is none or it is not valid
 */
public record WriteHeaders(
        @Nullable String id,
        Condition condition,
        Preferences preferences,
        @Nullable String traceparent) {

    /**
     * @param where the filter of {@code ?where=}, null for none
     * @throws Refusal {@code malformed} when a header cannot be read
     */
    public static WriteHeaders of(HttpHeaders headers, @Nullable Filter where) {
        return new WriteHeaders(
                id(headers),
                condition(headers, where),
                Preferences.of(headers),
                TraceContext.of(headers.getFirst(TraceContext.HEADER)));
    }

    /**
     * What a request says beside a batch, whose conditions stand in its writes.
     *
     * @throws Refusal {@code malformed} when a header cannot be read, or asks for a condition
     */
    public static WriteHeaders ofBatch(HttpHeaders headers) {
        return ofMany(headers, "a batch");
    }

    private static WriteHeaders ofMany(HttpHeaders headers, String what) {
        WriteHeaders read = of(headers, null);
        if (!read.condition.equals(Condition.NONE)) {
            throw Refusal.of(
                    ProblemType.MALFORMED,
                    what + " has its conditions in the \"if\" of its writes, not in the headers");
        }
        return read;
    }

    /** {@code write} with all of this; what its body asks for must hold beside the condition. */
    public Write addTo(Write write) {
        return answeredAsPreferred(write)
                .withCondition(write.condition().and(condition))
                .withId(id);
    }

    /**
     * {@code batch} with all of this.
     *
     * @throws ProblemException {@code bad-value} when its body has an id, and the {@code Idempotency-Key} is another
     */
    public Batch addTo(Batch batch) {
        if (id != null && batch.id() != null && !id.equals(batch.id())) {
            throw new ProblemException(Problem.of(ProblemType.BAD_VALUE, "the Idempotency-Key is another id")
                    .withPointer("/id"));
        }
        List<Write> writes =
                batch.writes().stream().map(this::answeredAsPreferred).toList();
        return new Batch(batch.database(), writes, batch.reads(), id == null ? batch.id() : id);
    }

    /**
     * What a request says beside a bulk, whose conditions stand in its lines.
     *
     * @throws Refusal {@code malformed} when a header cannot be read, or asks for a condition, or the id is too long for the
     *     ids of lines to be made of it
     */
    public static WriteHeaders ofBulk(HttpHeaders headers) {
        WriteHeaders read = ofMany(headers, "a bulk");
        if (read.id != null && !Write.isId(idOfLine(read.id, Long.MAX_VALUE))) {
            throw Refusal.of(
                    ProblemType.MALFORMED,
                    "the Idempotency-Key of a bulk has at most 235 characters: its lines add theirs");
        }
        return read;
    }

    /** {@code write}, a line of a bulk, with all of this. It keeps the id that it has. */
    public Write addTo(Write write, long line) {
        Write answered = answeredAsPreferred(write);
        return id == null || write.id() != null ? answered : answered.withId(idOfLine(id, line));
    }

    private static String idOfLine(String id, long line) {
        return id + "/" + line;
    }

    private Write answeredAsPreferred(Write write) {
        Preferences.Return returns = preferences.returns();
        return returns == null
                ? write
                : write.withOptions(write.options()
                        .withAnswer(
                                switch (returns) {
                                    case MINIMAL -> Return.MINIMAL;
                                    case REPRESENTATION -> Return.DOCUMENT;
                                }));
    }

    private static @Nullable String id(HttpHeaders headers) {
        List<String> lines = headers.get("Idempotency-Key");
        if (lines == null) {
            return null;
        }
        if (lines.size() != 1 || !Write.isId(lines.getFirst())) {
            throw Refusal.of(
                    ProblemType.MALFORMED, "an Idempotency-Key is 1 to 255 visible ASCII characters, given once");
        }
        return lines.getFirst();
    }

    private static Condition condition(HttpHeaders headers, @Nullable Filter where) {
        EntityTags match = EntityTags.of(headers, HttpHeaders.IF_MATCH);
        EntityTags noneMatch = EntityTags.of(headers, HttpHeaders.IF_NONE_MATCH);
        Condition condition = match == null ? Condition.NONE : match.asIfMatch();
        if (noneMatch != null) {
            condition = condition.and(noneMatch.asIfNoneMatch());
        }
        return where == null ? condition : condition.and(where);
    }
}
