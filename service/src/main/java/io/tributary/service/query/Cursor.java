package io.tributary.service.query;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.json.FilterJson;
import io.tributary.json.Limits;
import io.tributary.json.ValueJson;
import io.tributary.name.FieldPath;
import io.tributary.query.Query;
import io.tributary.service.digest.Sha256;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.DocumentState.Lifetime;
import io.tributary.value.BytesValue;
import io.tributary.value.IntegerValue;
import io.tributary.value.MapValue;
import io.tributary.value.StringValue;
import io.tributary.value.TimestampValue;
import io.tributary.value.Value;
import io.tributary.write.Subject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The place where a page ended, as a text that only the query it came from takes back: the last document, reduced to what
 * orders look at. The next page begins behind that place, wherever the document itself is by then.
 */
final class Cursor {

    private static final int DIGEST_BYTES = 12;

    /** A key of the order may be nearly a whole document; the request that brings the cursor is bounded itself. */
    private static final Limits LIMITS =
            Limits.DEFAULT.withDocumentBytes(Integer.MAX_VALUE).withNesting(500);

    private Cursor() {}

    static String write(DocumentState last, Query query) {
        Lifetime lifetime = Objects.requireNonNull(last.lifetime());
        MapValue.Builder cursor = MapValue.builder()
                .put("query", digest(query))
                .put("id", new StringValue(last.name().id()))
                .put("version", new IntegerValue(last.version()))
                .put("time", new TimestampValue(lifetime.time()))
                .put("createdAt", new TimestampValue(lifetime.createdAt()))
                .put("updatedAt", new TimestampValue(lifetime.updatedAt()))
                .put("data", Projection.of(Objects.requireNonNull(last.data()), fields(query)));
        if (lifetime.createdBy() != null) {
            cursor.put("createdBy", new StringValue(lifetime.createdBy()));
        }
        if (lifetime.updatedBy() != null) {
            cursor.put("updatedBy", new StringValue(lifetime.updatedBy()));
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(ValueJson.write(cursor.build()));
    }

    /**
     * The last document of the page before, as far as the query's order looks at it.
     *
     * @throws ProblemException {@code bad-value} when the text is no cursor, or that of another query
     */
    static DocumentState read(String text, Query query) {
        MapValue cursor = decode(text);
        if (!Objects.equals(digest(query), cursor.get("query"))) {
            throw refused("the cursor belongs to a query with another collection, where or orderBy");
        }
        if (cursor.get("id") instanceof StringValue(String id)
                && cursor.get("version") instanceof IntegerValue(long version)
                && cursor.get("data") instanceof MapValue data) {
            try {
                return new DocumentState(query.collection().document(id), version, data, lifetime(cursor));
            } catch (IllegalArgumentException e) {
                throw notOurs();
            }
        }
        throw notOurs();
    }

    private static MapValue decode(String text) {
        try {
            return ValueJson.readDocument(Base64.getUrlDecoder().decode(text), LIMITS);
        } catch (IllegalArgumentException | ProblemException e) {
            throw notOurs();
        }
    }

    private static Lifetime lifetime(MapValue cursor) {
        return new Lifetime(
                time(cursor.get("time")),
                time(cursor.get("createdAt")),
                time(cursor.get("updatedAt")),
                text(cursor.get("createdBy")),
                text(cursor.get("updatedBy")));
    }

    private static Instant time(@Nullable Value value) {
        if (value instanceof TimestampValue(Instant time)) {
            return time;
        }
        throw notOurs();
    }

    private static @Nullable String text(@Nullable Value value) {
        return value instanceof StringValue(String text) ? text : null;
    }

    private static List<FieldPath> fields(Query query) {
        return query.orderBy().stream()
                .flatMap(key ->
                        key.subject() instanceof Subject.Field(FieldPath path) ? Stream.of(path) : Stream.empty())
                .toList();
    }

    private static BytesValue digest(Query query) {
        byte[] named = (query.collection() + "\n" + query.orderBy() + "\n").getBytes(StandardCharsets.UTF_8);
        return BytesValue.of(Arrays.copyOf(Sha256.of(named, FilterJson.write(query.where())), DIGEST_BYTES));
    }

    private static ProblemException notOurs() {
        return refused("the cursor is none that was given out here");
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(Problem.of(ProblemType.BAD_VALUE, detail));
    }
}
