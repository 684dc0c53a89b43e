package io.tributary.client;

import io.tributary.change.Change;
import io.tributary.change.ProblemException;
import io.tributary.client.http.Call;
import io.tributary.json.ChangeJson;
import io.tributary.json.DocumentJson;
import io.tributary.json.FilterJson;
import io.tributary.json.Limits;
import io.tributary.json.ProblemJson;
import io.tributary.json.ValueJson;
import io.tributary.value.StringValue;
import io.tributary.value.Value;
import io.tributary.write.Filter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** One watch, over as many connections as it takes. For one subscription; what it knows is touched by one connection at a time. */
final class Watching {

    private static final String INTERRUPTED = "interrupted";

    private final String path;
    private final String database;
    private final WatchOptions options;
    private @Nullable String token;
    private boolean told;

    Watching(String url, String database, WatchOptions options) {
        this.path = url + query(options);
        this.database = database;
        this.options = options;
        this.token = options.token();
    }

    private static String query(WatchOptions options) {
        String where = options.where().equals(Filter.ALWAYS)
                ? ""
                : "where="
                        + URLEncoder.encode(
                                new String(FilterJson.write(options.where()), StandardCharsets.UTF_8),
                                StandardCharsets.UTF_8);
        String query = Stream.of(where, options.snapshot() ? "" : "snapshot=false")
                .filter(parameter -> !parameter.isEmpty())
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    Flux<WatchEvent> events(Exchanges exchanges) {
        return exchanges.stream(this::call, this::read);
    }

    private Call call() {
        Call call = Call.get(path).with("Accept", "text/event-stream");
        String last = token;
        return last == null ? call : call.with("Last-Event-ID", last);
    }

    /** What was told without a place to go on at is told again. */
    private Flux<WatchEvent> read(Flux<byte[]> parts) {
        EventSplitter splitter = new EventSplitter();
        Flux<WatchEvent> events = parts.concatMapIterable(splitter::split, 1).concatMapIterable(this::read, 1);
        boolean again = token == null && told && options.snapshot();
        return again ? Flux.concat(Flux.just(new WatchEvent.Reset(null, INTERRUPTED)), events) : events;
    }

    /** The event, if it is one for the caller. */
    private List<WatchEvent> read(ServerSentEvent event) {
        if (event.id() != null) {
            token = event.id();
        }
        byte[] data = event.data().getBytes(StandardCharsets.UTF_8);
        List<WatchEvent> read = switch (event.type()) {
            case "snapshot" -> List.of(new WatchEvent.Present(event.id(), DocumentJson.read(database, data)));
            case "change" -> changed(data, change -> new WatchEvent.Changed(event.id(), change));
            case "enter" -> changed(data, change -> new WatchEvent.Entered(event.id(), change));
            case "leave" -> changed(data, change -> new WatchEvent.Left(event.id(), change));
            case "synced" -> List.of(new WatchEvent.Synced(event.id()));
            case "reset" -> List.of(reset(event, data));
            case "problem" -> throw problem(data);
            default -> List.of();
        };
        told |= !read.isEmpty();
        return read;
    }

    private static List<WatchEvent> changed(byte[] data, Function<Change, WatchEvent> event) {
        return ChangeJson.readKnown(data).map(event).map(List::of).orElse(List.of());
    }

    /** From here on there is no place to go on at until all is told. */
    private WatchEvent reset(ServerSentEvent event, byte[] data) {
        token = null;
        Value reason = ValueJson.readDocument(data, Limits.DEFAULT).get("reason");
        return new WatchEvent.Reset(event.id(), reason instanceof StringValue text ? text.value() : "unknown");
    }

    private static RuntimeException problem(byte[] data) {
        ProblemException problem = new ProblemException(ProblemJson.read(data));
        return Exchanges.mayPass(problem.type().status()) ? new PassingFailure(problem, Duration.ZERO) : problem;
    }
}
