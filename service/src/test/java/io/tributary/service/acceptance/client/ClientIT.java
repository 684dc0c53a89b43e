package io.tributary.service.acceptance.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.BatchOutcome;
import io.tributary.change.BulkAnswer;
import io.tributary.change.Outcome;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.client.DocumentClient;
import io.tributary.client.TributaryClient;
import io.tributary.client.WriteRequest;
import io.tributary.name.DocumentName;
import io.tributary.query.Document;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.SharedService;
import io.tributary.value.MapValue;
import io.tributary.value.Value;
import io.tributary.write.Action;
import io.tributary.write.Condition;
import io.tributary.write.SortKey;
import io.tributary.write.Where;
import io.tributary.write.Write;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Writes, reads and queries of the client. */
@ExtendWith(SharedService.class)
class ClientIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private TributaryClient client;

    @BeforeEach
    void connect(ServiceProcess service) {
        client = service.client().build();
    }

    @Test
    void updatesUnderACondition() {
        DocumentClient lamp = client.document("client-products/lamp");
        emitted(lamp.update(u -> u.set("name", "Lamp").increment("stock", 1).upsert()));

        Outcome.Applied sold = emitted(lamp.update(u -> u.increment("stock", -1).append("sold", "ada"))
                .onlyIf(Where.field("stock").gte(1)));

        assertThat(sold.version()).isEqualTo(2);
        assertThat(sold.effect().changes().get("stock")).isEqualTo(Value.of(0));
        assertThat(refusal(lamp.update(u -> u.increment("stock", -1))
                        .onlyIf(Where.field("stock").gte(1))))
                .isEqualTo(ProblemType.CONDITION_FAILED);
        assertThat(lamp.get().block(PATIENCE).data())
                .isEqualTo(Value.of(Map.of("name", "Lamp", "stock", 0, "sold", List.of("ada"))));
    }

    @Test
    void writesInEveryWay() {
        DocumentClient chair = client.document("client-products/ch air+%;ü");

        assertThat(emitted(chair.create(Map.of("legs", 4))).created()).isTrue();
        assertThat(refusal(chair.create(Map.of("legs", 4)))).isEqualTo(ProblemType.ALREADY_EXISTS);
        assertThat(emitted(chair.replace(Map.of("legs", 3)).onlyIf(Condition.version(1)))
                        .version())
                .isEqualTo(2);
        assertThat(emitted(chair.verify().onlyIf(Where.field("legs").eq(3))).modified())
                .isFalse();
        assertThat(merged(chair.name(), Map.of("seat", "blue")).modified()).isTrue();
        assertThat(chair.get().block(PATIENCE).string("seat")).isEqualTo("blue");
        assertThat(emitted(chair.delete()).version()).isEqualTo(4);
        assertThat(emitted(chair.delete()).modified()).isFalse();
        assertThat(chair.get().block(PATIENCE).exists()).isFalse();
    }

    @Test
    void appliesAWriteWithAnIdOnce() {
        DocumentClient counter = client.document("client-products/counted");
        var counted = counter.update(u -> u.increment("n", 1).upsert()).withId("once");
        var deleted = client.document("client-products/none").delete().withId("once");

        emitted(counted);
        emitted(counted);
        emitted(deleted);
        emitted(deleted);

        assertThat(counter.get().block(PATIENCE).integer("n")).isEqualTo(1);
    }

    @Test
    void createsInACollection() {
        Outcome.Applied created =
                client.collection("client-orders").create(Map.of("pieces", 2)).block(PATIENCE);

        assertThat(client.get(created.document()).block(PATIENCE).integer("pieces"))
                .isEqualTo(2);
    }

    @Test
    void appliesABatchAllOrNot() {
        DocumentClient one = client.document("client-batch/one");
        DocumentClient two = client.document("client-batch/two");

        BatchOutcome.Applied applied = client.batch(
                        one.create(Map.of("n", 1)).write(),
                        two.create(Map.of("n", 2)).write())
                .block(PATIENCE);

        assertThat(applied.results()).hasSize(2);
        StepVerifier.create(client.batch(
                        one.update(u -> u.increment("n", 1)).write(),
                        two.create(Map.of()).write()))
                .expectErrorSatisfies(failure -> {
                    ProblemException refused = (ProblemException) failure;
                    assertThat(refused.type()).isEqualTo(ProblemType.ALREADY_EXISTS);
                    assertThat(refused.problem().index()).isEqualTo(1);
                })
                .verify(PATIENCE);
        assertThat(client.getAll("client-batch/one", "client-batch/none").block(PATIENCE))
                .extracting(Document::version)
                .containsExactly(1L, 0L);
    }

    @Test
    void appliesABulkLineByLine() {
        int writes = 3_000;
        client.document("client-bulk/b7").create(Map.of()).send().block(PATIENCE);

        List<BulkAnswer> answers = client.bulk(Flux.range(0, writes)
                        .map(n -> client.document("client-bulk/b" + n)
                                .create(Map.of("n", n))
                                .write()))
                .collectList()
                .block(PATIENCE);

        assertThat(answers)
                .extracting(BulkAnswer::line)
                .isEqualTo(LongStream.rangeClosed(1, writes).boxed().toList());
        assertThat(answers)
                .filteredOn(BulkAnswer.Refused.class::isInstance)
                .extracting(BulkAnswer::line)
                .containsExactly(8L);
    }

    @Test
    void followsAQueryOverItsPages() {
        Flux.range(0, 25)
                .flatMap(n -> client.document("client-pages/p" + n)
                        .create(Map.of("n", n))
                        .send())
                .blockLast(PATIENCE);

        StepVerifier.create(client.collection("client-pages")
                        .query(q -> q.withWhere(Where.field("n").gte(5))
                                .withOrderBy(SortKey.descending("n"))
                                .withLimit(7))
                        .map(document -> document.integer("n"))
                        .collectList())
                .expectNext(
                        LongStream.iterate(24, n -> n >= 5, n -> n - 1).boxed().toList())
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void keepsDatabasesApart(ServiceProcess service) {
        TributaryClient shop = service.client().database("shop").build();

        shop.document("client-products/table").create(Map.of()).send().block(PATIENCE);

        assertThat(shop.getAll("client-products/table").block(PATIENCE)).allMatch(Document::exists);
        assertThat(client.document("client-products/table")
                        .get()
                        .block(PATIENCE)
                        .exists())
                .isFalse();
    }

    private Outcome.Applied merged(DocumentName name, Map<String, ?> patch) {
        return client.write(Write.of(name, new Action.MergePatch((MapValue) Value.of(patch), false)))
                .block(PATIENCE);
    }

    private static Outcome.Applied emitted(WriteRequest write) {
        return write.send().block(PATIENCE);
    }

    private static ProblemType refusal(WriteRequest write) {
        return write.send()
                .map(outcome -> ProblemType.INTERNAL)
                .onErrorResume(ProblemException.class, refused -> Mono.just(refused.type()))
                .block(PATIENCE);
    }
}
