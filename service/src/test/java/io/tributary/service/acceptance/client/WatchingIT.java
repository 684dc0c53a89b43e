package io.tributary.service.acceptance.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.client.CollectionClient;
import io.tributary.client.TributaryClient;
import io.tributary.client.WatchEvent;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.SharedService;
import io.tributary.value.Value;
import io.tributary.write.Where;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.test.StepVerifier;

/** Watches of the client. */
@ExtendWith(SharedService.class)
class WatchingIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final ServiceProcess service;
    private final TributaryClient client;
    private final CollectionClient lamps;

    WatchingIT(ServiceProcess service) {
        this.service = service;
        this.client = service.client().build();
        this.lamps = client.collection("client-watched-" + UUID.randomUUID());
    }

    @Test
    void goesOnOverARestartOfTheService() {
        set("lamp", 1);

        StepVerifier.create(lamps.document("lamp").watch().filter(event -> !(event instanceof WatchEvent.Synced)))
                .assertNext(event -> assertThat(
                                ((WatchEvent.Present) event).document().integer("stock"))
                        .isEqualTo(1))
                .then(() -> set("lamp", 2))
                .expectNextMatches(changedTo(2))
                .then(service::restart)
                .then(() -> set("lamp", 3))
                .expectNextMatches(changedTo(3))
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void tellsWhatEntersAndLeaves() {
        set("a", 1);
        set("b", 0);

        StepVerifier.create(lamps.watch(w -> w.withWhere(Where.field("stock").gt(0)))
                        .filter(event -> !(event instanceof WatchEvent.Synced)))
                .expectNextMatches(WatchEvent.Present.class::isInstance)
                .then(() -> set("a", 0))
                .expectNextMatches(WatchEvent.Left.class::isInstance)
                .then(() -> set("b", 1))
                .expectNextMatches(WatchEvent.Entered.class::isInstance)
                .thenCancel()
                .verify(PATIENCE);
    }

    private static Predicate<WatchEvent> changedTo(long stock) {
        return event -> event instanceof WatchEvent.Changed changed
                && changed.change().after() != null
                && changed.change().after().equals(Value.of(Map.of("stock", stock)));
    }

    private void set(String id, int stock) {
        lamps.document(id).replace(Map.of("stock", stock)).send().block(PATIENCE);
    }
}
