package io.tributary.json;

import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.name.CollectionName;
import io.tributary.name.FieldPath;
import io.tributary.query.Query;
import io.tributary.write.Filter;
import io.tributary.write.SortKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Queries as JSON. */
public final class QueryJson {

    private QueryJson() {}

    /**
     * Reads {@code {"collection", "where", "orderBy", "limit", "cursor", "fields", "total"}}, of which only {@code
     * collection} must be there. {@code orderBy} and {@code fields} are arrays of strings, or what the query parameters of
     * these names take.
     *
     * @param database the database of the collection
     * @throws ProblemException with a JSON Pointer to the fault
     */
    public static Query read(String database, byte[] body, Limits limits) {
        return JsonText.read(body, limits, in -> new Reader(in, database).query());
    }

    /** Writes what {@link #read} reads back in the same database; what is as it would be assumed anyway is left out. */
    public static byte[] write(Query query) {
        return JsonOutput.bytes(out -> write(out, query));
    }

    private static void write(JsonGenerator out, Query query) {
        out.writeStartObject();
        out.writeStringProperty("collection", query.collection().path());
        if (!query.where().equals(Filter.ALWAYS)) {
            out.writeName("where");
            new FilterWriter(out, Form.WIRE).filter(query.where());
        }
        strings(out, "orderBy", query.orderBy());
        out.writeNumberProperty("limit", query.limit());
        if (query.cursor() != null) {
            out.writeStringProperty("cursor", query.cursor());
        }
        if (query.fields() != null) {
            strings(out, "fields", query.fields());
        }
        if (query.total()) {
            out.writeBooleanProperty("total", true);
        }
        out.writeEndObject();
    }

    private static void strings(JsonGenerator out, String name, List<?> list) {
        if (!list.isEmpty()) {
            out.writeArrayPropertyStart(name);
            list.forEach(element -> out.writeString(element.toString()));
            out.writeEndArray();
        }
    }

    private static final class Reader {

        private final JsonInput in;
        private final String database;
        private @Nullable CollectionName collection;
        private Filter where = Filter.ALWAYS;
        private List<SortKey> orderBy = List.of();
        private int limit = Query.DEFAULT_LIMIT;
        private @Nullable String cursor;
        private @Nullable List<FieldPath> fields;
        private boolean total;

        private Reader(JsonInput in, String database) {
            this.in = in;
            this.database = database;
        }

        private Query query() {
            in.eachMember("a query, an object", this::member);
            if (collection == null) {
                throw in.fault(ProblemType.BAD_VALUE, "the query has no \"collection\"");
            }
            return new Query(collection, where, orderBy, limit, cursor, fields, total);
        }

        private void member(String name) {
            switch (name) {
                case "collection" -> collection = collection();
                case "where" -> where = FilterReader.ofDocument(in);
                case "orderBy" -> orderBy = SortKeys.read(in, "an array of keys like [\"-price\", \"name\"]");
                case "limit" -> limit = limit();
                case "cursor" -> cursor = in.text("the cursor of the page before, a string");
                case "fields" -> fields = FieldPaths.read(in, "an array of field paths");
                case "total" -> total = in.bool("true or false");
                default ->
                    throw in.fault(
                            ProblemType.UNKNOWN_MEMBER,
                            MemberHints.unknown(
                                    name,
                                    List.of("collection", "where", "orderBy", "limit", "cursor", "fields", "total")));
            }
        }

        private CollectionName collection() {
            String path = in.text("the name of a collection");
            return in.checking(ProblemType.BAD_PATH, () -> new CollectionName(database, path));
        }

        private int limit() {
            String what = "a limit between 1 and " + Query.MAX_LIMIT;
            long read = in.integer(what);
            if (read < 1 || read > Query.MAX_LIMIT) {
                throw in.fault(ProblemType.BAD_VALUE, "expected " + what);
            }
            return (int) read;
        }
    }
}
