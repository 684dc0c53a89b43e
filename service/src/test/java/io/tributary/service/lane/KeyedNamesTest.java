package io.tributary.service.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tributary.kafka.intake.LaneRule;
import io.tributary.name.CollectionName;
import io.tributary.name.DocumentName;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedNamesTest {

    private static final CollectionName ORDERS = CollectionName.of("orders");

    private final KeyedNames names = new KeyedNames(name -> laneOf(name, 16));

    @Test
    void givesAKeyTheSameNameEachTime() {
        assertThat(names.name(ORDERS, "k-1")).isEqualTo(names.name(ORDERS, "k-1"));
    }

    @Test
    void givesAnotherKeyAnotherName() {
        assertThat(names.name(ORDERS, "k-1")).isNotEqualTo(names.name(ORDERS, "k-2"));
    }

    @Test
    void givesAKeyAnotherNameInAnotherDatabase() {
        DocumentName inShop = names.name(new CollectionName("shop", "orders"), "k-1");

        assertThat(inShop.id()).isNotEqualTo(names.name(ORDERS, "k-1").id());
    }

    @Test
    void makesIdsThatAreUuidsOfVersion8() {
        UUID id = UUID.fromString(names.name(ORDERS, "k-1").id());

        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 1_024})
    void namesDocumentsOfOneLaneInAllCollections(int lanes) {
        KeyedNames ofLanes = new KeyedNames(name -> laneOf(name, lanes));

        Set<Integer> met = IntStream.range(0, 50)
                .mapToObj(n -> ofLanes.name(CollectionName.of("orders-" + n), "k-1"))
                .map(name -> laneOf(name, lanes))
                .collect(Collectors.toSet());

        assertThat(met).hasSize(1);
    }

    @Test
    void spreadsKeysOverLanes() {
        Set<Integer> met = IntStream.range(0, 200)
                .mapToObj(n -> laneOf(names.name(ORDERS, "k-" + n), 16))
                .collect(Collectors.toSet());

        assertThat(met).hasSize(16);
    }

    @Test
    void recognisesTheNamesThatAKeyGives() {
        assertThat(KeyedNames.isNamedBy("k-1", names.name(ORDERS, "k-1"))).isTrue();
    }

    @Test
    void recognisesNoOtherNames() {
        DocumentName named = names.name(ORDERS, "k-1");

        assertThat(KeyedNames.isNamedBy("k-2", named)).isFalse();
        assertThat(KeyedNames.isNamedBy("k-1", new CollectionName("shop", "orders").document(named.id())))
                .isFalse();
        assertThat(KeyedNames.isNamedBy("k-1", ORDERS.document(named.id() + "0")))
                .isFalse();
        assertThat(KeyedNames.isNamedBy("k-1", ORDERS.document("4711"))).isFalse();
    }

    @Test
    void refusesACollectionThatLeavesNoRoomForAnId() {
        CollectionName endless = CollectionName.of("c".repeat(1_000) + "/d/" + "e".repeat(990));

        assertThatIllegalArgumentException().isThrownBy(() -> names.name(endless, "k-1"));
    }

    private static int laneOf(DocumentName name, int lanes) {
        return LaneRule.laneOf(name.key().getBytes(StandardCharsets.UTF_8), lanes);
    }
}
