package io.tributary.service.http.watch;

import io.tributary.json.IntegerForm;
import io.tributary.service.watch.WatchEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Events as the text of a server-sent event stream. */
final class EventText {

    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final EventJson json;

    EventText(IntegerForm integers) {
        this.json = new EventJson(integers);
    }

    /** What a stream begins with: after how many milliseconds to come again. */
    static byte[] retry(int millis) {
        return ("retry: " + millis + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Appends an event. */
    void write(WatchEvent event, ByteArrayOutputStream out) {
        if (event.type() == WatchEvent.Type.HEART_BEAT) {
            out.writeBytes(COMMENT);
            return;
        }
        line(out, "event: ", event.type().wireName().getBytes(StandardCharsets.UTF_8));
        if (event.token() != null) {
            line(out, "id: ", event.token().getBytes(StandardCharsets.UTF_8));
        }
        line(out, "data: ", json.write(event.content()));
        out.write('\n');
    }

    private static void line(ByteArrayOutputStream out, String field, byte[] value) {
        out.writeBytes(field.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(value);
        out.write('\n');
    }
}
