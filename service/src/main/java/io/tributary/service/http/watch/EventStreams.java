package io.tributary.service.http.watch;

import io.tributary.change.ProblemException;
import io.tributary.json.IntegerForm;
import io.tributary.service.http.server.ConnectionThread;
import io.tributary.service.http.server.Outflow;
import io.tributary.service.watch.WatchRequest;
import io.tributary.service.watch.Watches;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.FluxSink.OverflowStrategy;

/** Sends watches as server-sent events. */
public final class EventStreams {

    private final Watches watches;

    public EventStreams(Watches watches) {
        this.watches = watches;
    }

    /**
     * Emits what is to be sent, part by part, as the connection takes it, and on the connection's thread. Completes when the
     * watch has ended. Errs with a {@link ProblemException} as {@link Watches#open} does, before anything else. A cancel ends
     * the watch.
     */
    public Flux<byte[]> events(WatchRequest request, IntegerForm integers) {
        return Flux.push(parts -> begin(request, integers, parts), OverflowStrategy.IGNORE);
    }

    private void begin(WatchRequest request, IntegerForm integers, FluxSink<byte[]> parts) {
        var stream = new EventStream(
                parts,
                ConnectionThread.of(parts.contextView()),
                Outflow.of(parts.contextView()),
                new EventText(integers));
        try {
            stream.begin(watches.open(request, stream));
        } catch (ProblemException refused) {
            parts.error(refused);
        }
    }
}
