package io.tributary.json;

import io.tributary.change.ProblemType;
import io.tributary.name.DocumentName;
import io.tributary.query.Document;
import io.tributary.query.Page;
import io.tributary.value.MapValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one document, or a page of them, ignoring what it does not know. */
final class DocumentReader {

    private final JsonInput in;
    private final String database;
    private @Nullable String path;
    private long version;
    private @Nullable Instant time;
    private @Nullable Instant createdAt;
    private @Nullable Instant updatedAt;
    private @Nullable String createdBy;
    private @Nullable String updatedBy;
    private @Nullable MapValue data;

    DocumentReader(JsonInput in, String database) {
        this.in = in;
        this.database = database;
    }

    static Page page(JsonInput in, String database) {
        List<Document> documents = new ArrayList<>();
        List<String> cursor = new ArrayList<>(1);
        List<Long> total = new ArrayList<>(1);
        in.eachMember("documents, an object", name -> {
            switch (name) {
                case "documents" ->
                    in.eachElement(
                            "an array of documents", () -> documents.add(new DocumentReader(in, database).document()));
                case "cursor" -> cursor.add(in.text("a cursor"));
                case "total" -> total.add(in.integer("a number"));
                default -> in.skip();
            }
        });
        return new Page(documents, cursor.isEmpty() ? null : cursor.get(0), total.isEmpty() ? null : total.get(0));
    }

    Document document() {
        in.eachMember("a document, an object", this::member);
        String named = path;
        if (named == null) {
            throw in.fault(ProblemType.BAD_VALUE, "the document has no \"document\"");
        }
        DocumentName name = in.checking(ProblemType.BAD_PATH, () -> DocumentName.of(database, named));
        return data == null ? Document.missing(name) : new Document(name, version, lifetime(), data);
    }

    private void member(String name) {
        switch (name) {
            case "document" -> path = in.text("a document");
            case "version" -> version = in.integer("a version");
            case "time" -> time = in.time("a time");
            case "createdAt" -> createdAt = in.time("a time");
            case "updatedAt" -> updatedAt = in.time("a time");
            case "createdBy" -> createdBy = in.text("an actor");
            case "updatedBy" -> updatedBy = in.text("an actor");
            case "data" -> data = new ValueReader(in).map(1, "data, an object");
            default -> in.skip();
        }
    }

    private Document.Lifetime lifetime() {
        if (time == null || createdAt == null || updatedAt == null) {
            throw in.fault(
                    ProblemType.BAD_VALUE, "the document lacks one of \"time\", \"createdAt\" and \"updatedAt\"");
        }
        return new Document.Lifetime(time, createdAt, updatedAt, createdBy, updatedBy);
    }
}
