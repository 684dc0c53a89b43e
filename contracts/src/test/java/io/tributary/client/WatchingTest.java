package io.tributary.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.client.http.Call;
import io.tributary.write.Where;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** What a watch tells, and how it goes on. */
class WatchingTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String SNAPSHOT =
            "event: snapshot\ndata: " + FakeTransport.document("products/p42", 7, "{\"stock\":3}") + "\n\n";
    private static final String SYNCED = "event: synced\nid: t7\ndata: {}\n\n";

    private final FakeTransport service = new FakeTransport();
    private final List<WatchEvent> told = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();

    @Test
    void tellsWhatThereIsAndWhatChanges() {
        service.streams(
                "retry: 900\n\n" + SNAPSHOT + SYNCED + event("change", "t8", 8) + event("enter", "t9", 9)
                        + event("leave", "t10", 10) + event("later-invention", "t11", 11),
                Flux.never());
        watch(WatchOptions.DEFAULT);

        assertThat(told).hasSize(5);
        assertThat(((WatchEvent.Present) told.get(0)).document().integer("stock"))
                .isEqualTo(3);
        assertThat(told.get(1)).isEqualTo(new WatchEvent.Synced("t7"));
        assertThat(((WatchEvent.Changed) told.get(2)).change().version()).isEqualTo(8);
        assertThat(told.get(3)).isInstanceOf(WatchEvent.Entered.class);
        assertThat(told.get(4).token()).isEqualTo("t10");
    }

    @Test
    void goesOnBehindTheLastEvent() {
        service.streams(SNAPSHOT + SYNCED + event("change", "t8", 8), Flux.error(new IOException("reset")))
                .streams(event("change", "t9", 9) + "event: slow\nid: t9\ndata: {}\n\n", Flux.empty())
                .refusesStream(ProblemType.UNAVAILABLE)
                .streams(event("change", "t10", 10), Flux.never());
        watch(WatchOptions.DEFAULT);
        service.time.advanceTimeBy(LONG);

        assertThat(told).extracting(WatchEvent::token).containsExactly(null, "t7", "t8", "t9", "t10");
        assertThat(service.calls)
                .extracting(call -> call.headers().get("Last-Event-ID"))
                .containsExactly(null, "t8", "t9", "t9");
    }

    @Test
    void beginsAnewWhenItBrokeBeforeAllWasTold() {
        service.streams(SNAPSHOT, Flux.error(new IOException("reset"))).streams(SNAPSHOT + SYNCED, Flux.never());
        watch(WatchOptions.DEFAULT);
        service.time.advanceTimeBy(LONG);

        assertThat(told).hasSize(4);
        assertThat(told.get(1)).isEqualTo(new WatchEvent.Reset(null, "interrupted"));
    }

    @Test
    void beginsAnewWhenTheServiceSaysSo() {
        service.streams(
                        "event: reset\ndata: {\"reason\":\"too-old\"}\n\n" + SNAPSHOT,
                        Flux.error(new IOException("reset")))
                .streams(SNAPSHOT + SYNCED, Flux.never());
        watch(WatchOptions.DEFAULT.withToken("t1"));
        service.time.advanceTimeBy(LONG);

        assertThat(told).hasSize(5).startsWith(new WatchEvent.Reset(null, "too-old"));
        assertThat(told.get(2)).isEqualTo(new WatchEvent.Reset(null, "interrupted"));
        assertThat(service.calls)
                .extracting(call -> call.headers().get("Last-Event-ID"))
                .containsExactly("t1", null);
    }

    @Test
    void comesAgainWhenTheConnectionIsSilent() {
        service.streams(SNAPSHOT + SYNCED, Flux.never()).streams(event("change", "t8", 8), Flux.never());
        watch(WatchOptions.DEFAULT);
        service.time.advanceTimeBy(Duration.ofSeconds(44));
        assertThat(service.calls).hasSize(1);

        service.time.advanceTimeBy(Duration.ofSeconds(5));
        assertThat(told).hasSize(3);
    }

    @Test
    void errsWithWhatTheServiceRefuses() {
        service.refusesStream(ProblemType.BAD_VALUE);
        watch(WatchOptions.DEFAULT.withToken("of another watch"));

        assertThat(((ProblemException) failures.get(0)).type()).isEqualTo(ProblemType.BAD_VALUE);
    }

    @Test
    void triesAgainAfterAProblemThatMayPass() {
        String problem = "event: problem\ndata: {\"type\":\"urn:tributary:problem:unavailable\",\"status\":503}\n\n";
        service.streams(problem, Flux.empty()).streams(SNAPSHOT + SYNCED, Flux.never());
        watch(WatchOptions.DEFAULT);
        service.time.advanceTimeBy(LONG);

        assertThat(told).hasSize(2);
    }

    @Test
    void asksForWhatIsWanted() {
        service.streams(SYNCED, Flux.never());
        service.client()
                .collection("products")
                .watch(w -> w.withWhere(Where.field("stock").gt(0)).withoutSnapshot())
                .subscribe();

        Call call = service.calls.get(0);
        assertThat(call.path())
                .isEqualTo("/v1/documents/products?where=%7B%22stock%22%3A%7B%22gt%22%3A0%7D%7D&snapshot=false");
        assertThat(call.headers()).containsEntry("Accept", "text/event-stream");
    }

    @Test
    void hasNoFilterForOneDocument() {
        WatchOptions filtered =
                WatchOptions.DEFAULT.withWhere(Where.field("stock").gt(0));

        assertThatThrownBy(() -> service.client().document("products/p42").watch(filtered))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Disposable watch(WatchOptions options) {
        return service.client().document("products/p42").watch(options).subscribe(told::add, failures::add);
    }

    private static String event(String type, String id, long version) {
        return """
                event: %s
                id: %s
                data: {"format":1,"document":"products/p42","version":%d,"kind":"update",\
                "time":"2026-11-21T08:00:00Z","sequence":%d,"after":{}}

                """.formatted(type, id, version, version);
    }
}
