package io.tributary.json;

import io.tributary.name.DatabaseName;
import io.tributary.name.DocumentName;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * What tells a batch from a single write, before either is read.
 *
 * @param isBatch whether the record has {@code writes}
 * @param named the database that it names, null for none
 */
record BatchRecord(boolean isBatch, @Nullable String named) {

    private static final byte[] WRITES = "\"writes\"".getBytes(StandardCharsets.US_ASCII);

    static BatchRecord of(byte[] value, Limits limits) {
        return mentionsWrites(value)
                ? JsonText.read(value, limits, BatchRecord::ofMembers)
                : new BatchRecord(false, null);
    }

    private static BatchRecord ofMembers(JsonInput in) {
        AtomicReference<BatchRecord> record = new AtomicReference<>(new BatchRecord(false, null));
        in.eachMember("a write or a batch, an object", name -> {
            BatchRecord before = record.get();
            if (name.equals("writes")) {
                record.set(new BatchRecord(true, before.named));
            }
            if (name.equals("database") && in.is(JsonToken.VALUE_STRING)) {
                record.set(new BatchRecord(before.isBatch, in.text("the name of a database")));
            }
            in.skip();
        });
        return record.get();
    }

    /** The database that it names, or else its key does. */
    String database(@Nullable String key) {
        if (named != null) {
            return named;
        }
        try {
            return key == null ? DatabaseName.DEFAULT : DocumentName.ofKey(key).database();
        } catch (IllegalArgumentException notADocument) {
            return DatabaseName.DEFAULT;
        }
    }

    /** Most records are single writes that do not say so anywhere, and need no second look. */
    private static boolean mentionsWrites(byte[] value) {
        for (int at = 0; at <= value.length - WRITES.length; at++) {
            int same = 0;
            while (same < WRITES.length && value[at + same] == WRITES[same]) {
                same++;
            }
            if (same == WRITES.length) {
                return true;
            }
        }
        return false;
    }
}
