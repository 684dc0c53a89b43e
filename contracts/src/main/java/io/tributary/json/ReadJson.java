package io.tributary.json;

import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.name.DocumentName;
import java.util.ArrayList;
import java.util.List;

/** Requests for several documents as JSON: {@code {"documents": ["products/p42", …]}}. */
public final class ReadJson {

    private ReadJson() {}

    /**
     * Reads the names of the documents, at least one and at most {@link Limits#batchWrites}.
     *
     * @param database the database of the documents
     * @throws ProblemException with a JSON Pointer to the fault
     */
    public static List<DocumentName> read(String database, byte[] body, Limits limits) {
        return JsonText.read(body, limits, in -> documents(in, database));
    }

    /** Writes what {@link #read} reads back in the same database. */
    public static byte[] write(List<DocumentName> documents) {
        return JsonOutput.bytes(out -> {
            out.writeStartObject();
            out.writeArrayPropertyStart("documents");
            documents.forEach(document -> out.writeString(document.path()));
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static List<DocumentName> documents(JsonInput in, String database) {
        List<DocumentName> documents = new ArrayList<>();
        in.eachMember("a read, an object", member -> {
            if (!member.equals("documents")) {
                throw in.fault(ProblemType.UNKNOWN_MEMBER, MemberHints.unknown(member, List.of("documents")));
            }
            in.eachElement("an array of documents", () -> documents.add(document(in, database, documents.size())));
        });
        if (documents.isEmpty()) {
            throw in.fault(ProblemType.BAD_VALUE, "a read names at least one of \"documents\"");
        }
        return documents;
    }

    private static DocumentName document(JsonInput in, String database, int before) {
        int most = in.limits().batchWrites();
        if (before == most) {
            throw in.fault(ProblemType.LIMIT_EXCEEDED, "a read names more than " + most + " documents");
        }
        String path = in.text("the name of a document");
        return in.checking(ProblemType.BAD_PATH, () -> DocumentName.of(database, path));
    }
}
