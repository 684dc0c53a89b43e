package io.tributary.service.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Problem.Violation;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.name.CollectionName;
import io.tributary.name.DocumentName;
import io.tributary.service.definition.Definitions;
import io.tributary.service.document.DocumentSchema;
import io.tributary.service.store.Definition;
import io.tributary.service.store.InMemoryDefinitions;
import io.tributary.value.MapValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class SchemasTest {

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final CollectionName PRODUCTS = CollectionName.of("products");
    private static final DocumentName PRODUCT = DocumentName.of("products/p1");

    private final InMemoryDefinitions store = new InMemoryDefinitions();
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Definitions definitionsHere = new Definitions(store, Schedulers.immediate());
    private final Definitions definitionsElsewhere = new Definitions(store, time);
    private final Schemas here = new Schemas(definitionsHere, Schedulers.immediate());
    private final Schemas elsewhere = new Schemas(definitionsElsewhere, time);

    @AfterEach
    void stop() {
        definitionsElsewhere.stop();
        time.dispose();
    }

    @Test
    void haveNoneAtFirst() {
        assertThat(here.of(PRODUCT)).isNull();
    }

    @Test
    void areInEffectWhenTheyAreAnswered() {
        save("{\"required\":[\"a\"]}");

        assertThat(pointers(here)).containsExactly("/a");
    }

    @Test
    void areInEffectElsewhereWithinASecond() {
        definitionsElsewhere.start();
        save("{\"required\":[\"a\"]}");

        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(pointers(elsewhere)).containsExactly("/a");

        here.delete(PRODUCTS, version -> true).block(LONGEST);
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(elsewhere.of(PRODUCT)).isNull();
    }

    @Test
    void areCompiledOnceForEachVersion() {
        save("{\"required\":[\"a\"]}");
        DocumentSchema compiled = here.of(PRODUCT);

        here.save(CollectionName.of("orders"), utf8("{}"), version -> true).block(LONGEST);

        assertThat(here.of(PRODUCT)).isSameAs(compiled);
    }

    @Test
    void followOneAnotherWhenSeveralSaveAtOnce() {
        StepVerifier.create(Flux.range(0, 20)
                        .flatMap(number -> new Schemas(
                                        new Definitions(store, Schedulers.parallel()), Schedulers.parallel())
                                .save(PRODUCTS, utf8("{\"title\":\"" + number + "\"}"), version -> true))
                        .map(Definition::version)
                        .collectSortedList())
                .assertNext(versions -> assertThat(versions)
                        .hasSize(20)
                        .doesNotHaveDuplicates()
                        .last()
                        .isEqualTo(20L))
                .expectComplete()
                .verify(LONGEST);
    }

    @Test
    void saveNothingOverAVersionThatWasNotMeant() {
        save("{}");

        StepVerifier.create(here.save(PRODUCTS, utf8("true"), version -> version == 7))
                .expectErrorSatisfies(failure ->
                        assertThat(((ProblemException) failure).type()).isEqualTo(ProblemType.CONDITION_FAILED))
                .verify(LONGEST);
    }

    @Test
    void letNothingPassThatCannotBeJudged() {
        var key = new Definition.Key(Definition.Kind.SCHEMA, PRODUCTS.database(), PRODUCTS.path());
        store.save(key, "{\"type\":\"of another release\"}", 0).block(LONGEST);

        definitionsHere.refreshed().block(LONGEST);

        assertThat(pointers(here)).containsExactly("");
    }

    private void save(String schema) {
        here.save(PRODUCTS, utf8(schema), version -> true).block(LONGEST);
    }

    private static List<String> pointers(Schemas schemas) {
        @Nullable DocumentSchema schema = schemas.of(PRODUCT);
        return Objects.requireNonNull(schema).violations(MapValue.EMPTY).stream()
                .map(Violation::pointer)
                .toList();
    }

    private static byte[] utf8(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
