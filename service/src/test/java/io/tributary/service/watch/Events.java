package io.tributary.service.watch;

import io.tributary.change.Change;
import io.tributary.service.watch.WatchEvent.Content;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reader that takes what there is when it is asked, and tells it in few words. */
final class Events implements WatchReader {

    private final Watch watch;
    private @Nullable String token;
    private boolean ready;
    private boolean hungUp;

    private Events(Watches watches, WatchRequest request) {
        watch = watches.open(request, this);
    }

    static Events of(Watches watches, WatchRequest request) {
        return new Events(watches, request);
    }

    /** What there is now: {@code change a/1@2}, {@code synced}. */
    List<String> read() {
        List<String> read = new ArrayList<>();
        do {
            ready = false;
            for (WatchEvent event = watch.next(); event != null; event = watch.next()) {
                read.add(told(event));
                token = event.token() == null ? token : event.token();
            }
        } while (ready);
        return read;
    }

    /** The next event alone. */
    String one() {
        WatchEvent event = watch.next();
        if (event == null) {
            throw new AssertionError("there is no event");
        }
        token = event.token() == null ? token : event.token();
        return told(event);
    }

    /** The token of the last event that had one. */
    @Nullable
    String token() {
        return token;
    }

    boolean isOver() {
        return watch.isOver();
    }

    boolean isHungUp() {
        return hungUp;
    }

    void cancel() {
        watch.cancel();
    }

    private static String told(WatchEvent event) {
        String type = event.type().wireName();
        return switch (event.content()) {
            case Content.OfChange(var record) -> {
                Change change = record.change().orElseThrow();
                yield type + " " + change.document() + "@" + change.version();
            }
            case Content.OfDocument(var document) -> type + " " + document.name() + "@" + document.version();
            case Content.OfProblem(var problem) -> type + " " + problem.type().slug();
            case Content.OfReason(var reason) -> type + " " + reason.wireName();
            case Content.Nothing() -> type;
        };
    }

    @Override
    public void ready() {
        ready = true;
    }

    @Override
    public void hangUp() {
        hungUp = true;
    }
}
