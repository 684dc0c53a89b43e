package io.tributary.service.http.watch;

import io.tributary.change.Change;
import io.tributary.json.ChangeJson;
import io.tributary.json.IntegerForm;
import io.tributary.json.ProblemJson;
import io.tributary.json.ValueJson;
import io.tributary.kafka.changelog.LaneRecord;
import io.tributary.service.http.reply.DocumentReply;
import io.tributary.service.watch.WatchEvent;
import io.tributary.service.watch.WatchEvent.Content;
import io.tributary.value.MapValue;
import io.tributary.value.StringValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Events as the text of a server-sent event stream. */
final class EventText {

    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    private final IntegerForm integers;

    EventText(IntegerForm integers) {
        this.integers = integers;
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
        // JSON is written without line breaks, so it is one line of the stream.
        line(out, "data: ", json(event.content()));
        out.write('\n');
    }

    private byte[] json(Content content) {
        return switch (content) {
            case Content.OfChange(LaneRecord record) -> change(record);
            case Content.OfDocument(var document) -> DocumentReply.json(document, integers);
            case Content.OfProblem(var problem) -> ProblemJson.write(problem);
            case Content.OfReason(var reason) ->
                ValueJson.write(MapValue.of(Map.of("reason", new StringValue(reason.wireName()))));
            case Content.Nothing() -> NOTHING;
        };
    }

    private byte[] change(LaneRecord record) {
        byte[] published = record.json();
        if (published != null && integers == IntegerForm.NUMBER) {
            return published;
        }
        Change change = record.change().orElseThrow();
        return ChangeJson.write(change, integers);
    }

    private static void line(ByteArrayOutputStream out, String field, byte[] value) {
        out.writeBytes(field.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(value);
        out.write('\n');
    }
}
