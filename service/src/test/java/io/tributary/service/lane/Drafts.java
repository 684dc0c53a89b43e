package io.tributary.service.lane;

import io.tributary.name.DocumentName;
import io.tributary.name.FieldPath;
import io.tributary.service.changelog.Publication;
import io.tributary.service.lane.Entry.Original;
import io.tributary.service.lane.Entry.Submission;
import io.tributary.value.IntegerValue;
import io.tributary.value.MapValue;
import io.tributary.value.StringValue;
import io.tributary.write.Action;
import io.tributary.write.Batch;
import io.tributary.write.Condition;
import io.tributary.write.Operator;
import io.tributary.write.Write;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Writes and records for tests. */
public final class Drafts {

    public static final String TOPIC = "updates";

    private Drafts() {}

    public static DocumentName document(String id) {
        return DocumentName.of("products/" + id);
    }

    /** Adds one to {@code n}, from nothing if need be. */
    public static Write increment(String id) {
        return Write.of(
                document(id),
                Action.Update.of(new Operator.Increment(FieldPath.parse("n"), new IntegerValue(1)))
                        .withUpsert(true));
    }

    /** Refused while the document is there. */
    static Write create(String id) {
        return Write.of(document(id), new Action.Create(MapValue.of(Map.of("n", new IntegerValue(1)))));
    }

    public static Write replace(String id, String text) {
        return Write.of(document(id), new Action.Replace(MapValue.of(Map.of("text", new StringValue(text)))));
    }

    public static Write delete(String id) {
        return Write.of(document(id), new Action.Delete());
    }

    /** A write that its document's state refuses. */
    public static Write refused(String id) {
        return increment(id).withCondition(Condition.version(1_000));
    }

    public static Entry.Input input(Submission submission, int lane, long offset) {
        byte[] key = submission.write().document().key().getBytes(StandardCharsets.UTF_8);
        return new Entry.Input(submission, new Original(key, key, List.of(), source(lane, offset), null));
    }

    static Entry.BatchInput input(
            Batch batch, String actor, ToIntFunction<DocumentName> laneOf, int lane, long offset) {
        var original = new Original(null, null, List.of(), source(lane, offset), null);
        return new Entry.BatchInput(BatchCall.of(batch, 100, laneOf, actor, null, original));
    }

    public static Publication.Source source(int lane, long offset) {
        return new Publication.Source(TOPIC, lane, offset);
    }

    /** @param length what its JSON is taken to have had */
    public static Submission submission(Write write, int length) {
        return new Submission(write, length, null, null);
    }

    public static Submission submission(Write write) {
        return submission(write, 0);
    }
}
