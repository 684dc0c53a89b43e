package io.tributary.service.http.watch;

import io.tributary.change.Problem;
import io.tributary.json.ProblemJson;
import io.tributary.json.ValueJson;
import io.tributary.service.watch.WatchEvent;
import io.tributary.value.StringValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the service says on a connection that carries many watches: one JSON object for each event. */
final class SocketText {

    private static final String PROBLEM = WatchEvent.Type.PROBLEM.wireName();

    private SocketText() {}

    /** {@code {"watch", "event", "id", "data"}}. */
    static byte[] event(String watch, WatchEvent event, EventJson json) {
        return message(watch, event.type().wireName(), event.token(), json.write(event.content()));
    }

    /** Nothing more will come of a watch, and its name is free. */
    static byte[] end(String watch) {
        return message(watch, "end", null, null);
    }

    /** @param watch null when it is about what the client said, and about no watch */
    static byte[] problem(@Nullable String watch, Problem problem) {
        return message(watch, PROBLEM, null, ProblemJson.write(problem));
    }

    private static byte[] message(@Nullable String watch, String event, @Nullable String id, byte @Nullable [] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write('{');
        if (watch != null) {
            member(out, "watch", text(watch));
            out.write(',');
        }
        member(out, "event", text(event));
        if (id != null) {
            out.write(',');
            member(out, "id", text(id));
        }
        if (data != null) {
            out.write(',');
            member(out, "data", data);
        }
        out.write('}');
        return out.toByteArray();
    }

    private static void member(ByteArrayOutputStream out, String name, byte[] json) {
        out.writeBytes(("\"" + name + "\":").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(json);
    }

    private static byte[] text(String text) {
        return ValueJson.write(new StringValue(text));
    }
}
