package io.tributary.service.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class InOrderTest {

    private final InOrder<String> inOrder = new InOrder<>();
    private final List<String> done = new ArrayList<>();

    @Test
    void whatHasTheSameKeyWaits() {
        Sinks.Empty<Void> first = Sinks.empty();
        inOrder.after("a", first.asMono().doOnSuccess(end -> done.add("first"))).subscribe();
        inOrder.after("a", Mono.fromRunnable(() -> done.add("second"))).subscribe();
        assertThat(done).isEmpty();

        first.tryEmitEmpty();

        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void whatHasAnotherKeyDoesNotWait() {
        inOrder.after("a", Mono.never()).subscribe();
        inOrder.after("b", Mono.fromRunnable(() -> done.add("other"))).subscribe();

        assertThat(done).containsExactly("other");
    }

    @Test
    void goesOnAfterAFailure() {
        Sinks.Empty<Void> first = Sinks.empty();
        inOrder.after("a", first.asMono()).subscribe(end -> {}, failure -> done.add("failed"));
        inOrder.after("a", Mono.fromRunnable(() -> done.add("second"))).subscribe();

        first.tryEmitError(new IllegalStateException());

        assertThat(done).containsExactly("failed", "second");
    }
}
