package io.tributary.json;

import io.tributary.change.ProblemException;
import io.tributary.query.Document;
import io.tributary.query.Page;

/** Documents as JSON, as the service gives them out. Members that this version does not know are ignored. */
public final class DocumentJson {

    private DocumentJson() {}

    /**
     * Reads {@code {"document", "version", "time", …, "data"}}.
     *
     * @param database the database of the document
     * @throws ProblemException when {@code json} is no such document
     */
    public static Document read(String database, byte[] json) {
        return JsonText.read(json, Limits.TRUSTED, in -> new DocumentReader(in, database).document());
    }

    /**
     * Reads {@code {"documents": […], "cursor", "total"}}, of which only {@code documents} must be there.
     *
     * @param database the database of the documents
     * @throws ProblemException when {@code json} is no such page
     */
    public static Page readPage(String database, byte[] json) {
        return JsonText.read(json, Limits.TRUSTED, in -> DocumentReader.page(in, database));
    }
}
