package io.tributary.load.micro;

import io.tributary.json.Limits;
import io.tributary.json.WriteJson;
import io.tributary.write.Write;
import java.nio.charset.StandardCharsets;

/** The updates of an {@link Order}, as their requests carry them. */
public enum Update {
    INCREMENT("""
            {"increment":{"n":1}}"""),
    SET("""
            {"set":{"status":"paid","customer.city":"Łódź"}}"""),
    APPEND("""
            {"append":{"lines":[{"sku":"b-00001","quantity":1,"price":4.25}]},"if":{"where":{"n":{"lt":1000}}}}""");

    private final String body;

    Update(String body) {
        this.body = body;
    }

    byte[] body() {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    Write write() {
        return WriteJson.readUpdate(Order.NAME, body(), Limits.DEFAULT);
    }
}
