package io.tributary.service.http.watch;

import io.tributary.change.Change;
import io.tributary.json.ChangeJson;
import io.tributary.json.IntegerForm;
import io.tributary.json.ProblemJson;
import io.tributary.json.ValueJson;
import io.tributary.kafka.changelog.LaneRecord;
import io.tributary.service.http.reply.DocumentReply;
import io.tributary.service.watch.WatchEvent.Content;
import io.tributary.value.MapValue;
import io.tributary.value.StringValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What events tell, as JSON without line breaks. */
final class EventJson {

    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    private final IntegerForm integers;

    EventJson(IntegerForm integers) {
        this.integers = integers;
    }

    byte[] write(Content content) {
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
}
