package io.tributary.service.http.request;

import io.tributary.change.ProblemType;
import io.tributary.service.intake.TraceContext;
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

    /** {@code write} with all of this; what its body asks for must hold beside the condition. */
    public Write addTo(Write write) {
        Write complete = write.withCondition(write.condition().and(condition)).withId(id);
        Preferences.Return returns = preferences.returns();
        return returns == null
                ? complete
                : complete.withOptions(write.options()
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
