package io.tributary.service.http.reply;

import io.tributary.name.DatabaseName;
import io.tributary.name.DocumentName;
import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/** Where a document is found. */
final class DocumentUrl {

    private DocumentUrl() {}

    /** Where the outcome of a write is found. */
    static String ofOutcome(DocumentName name, String id) {
        return of(name) + "?outcome=" + UriUtils.encode(id, StandardCharsets.UTF_8);
    }

    /** The path of a document's URL, with every character encoded that is not unreserved. */
    static String of(DocumentName name) {
        StringBuilder url = new StringBuilder("/v1");
        if (!name.database().equals(DatabaseName.DEFAULT)) {
            url.append("/databases/").append(name.database());
        }
        url.append("/documents");
        for (String segment : name.path().split("/")) {
            url.append('/').append(UriUtils.encode(segment, StandardCharsets.UTF_8));
        }
        return url.toString();
    }
}
