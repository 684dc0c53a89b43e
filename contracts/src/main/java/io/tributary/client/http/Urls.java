package io.tributary.client.http;

import io.tributary.name.CollectionName;
import io.tributary.name.DatabaseName;
import io.tributary.name.DocumentName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The paths of the service's URLs. */
public final class Urls {

    private Urls() {}

    /** {@code /v1/read} for example; below {@code /v1/databases/…} where the database is not the default one. */
    public static String of(String database, String resource) {
        return database.equals(DatabaseName.DEFAULT) ? "/v1/" + resource : "/v1/databases/" + database + "/" + resource;
    }

    /** Where a document is; every character is encoded that could mean something in a path. */
    public static String of(DocumentName document) {
        return ofNamed(document.database(), document.path());
    }

    /** Where a collection is. */
    public static String of(CollectionName collection) {
        return ofNamed(collection.database(), collection.path());
    }

    private static String ofNamed(String database, String name) {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);
        return of(database, "documents/" + encoded.replace("%2F", "/").replace("+", "%20"));
    }
}
