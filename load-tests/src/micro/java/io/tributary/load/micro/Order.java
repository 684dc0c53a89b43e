package io.tributary.load.micro;

import io.tributary.json.Limits;
import io.tributary.json.ValueJson;
import io.tributary.name.DocumentName;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.DocumentState.Lifetime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The document that everything happens to: an order, which grows by its lines. */
final class Order {

    static final DocumentName NAME = DocumentName.of("orders/o-2026-11-21");

    /** When the document was written last. */
    static final Instant BEFORE = Instant.parse("2026-11-21T08:00:00Z");

    /** When the benchmark's writes are committed. */
    static final Instant NOW = Instant.parse("2026-11-21T08:00:00.000250Z");

    private static final long VERSION = 17;

    private Order() {}

    /** An order whose compact JSON is as long as {@code bytes}, or longer by less than one line. */
    static DocumentState of(int bytes) {
        var lifetime = new Lifetime(BEFORE, BEFORE, BEFORE, null, null);
        byte[] json = json(bytes).getBytes(StandardCharsets.UTF_8);
        return new DocumentState(NAME, VERSION, ValueJson.readDocument(json, Limits.DEFAULT), lifetime);
    }

    private static String json(int bytes) {
        var json = new StringBuilder("""
                {"n":0,"status":"open","total":21.0,"customer":{"name":"Ada","city":"London"},"tags":["gift"],"lines":[""");
        for (int line = 0; json.length() + "]}".length() < bytes; line++) {
            json.append(line == 0 ? "" : ",").append("""
                    {"sku":"a-%05d","quantity":2,"price":10.5}""".formatted(line));
        }
        return json.append("]}").toString();
    }
}
