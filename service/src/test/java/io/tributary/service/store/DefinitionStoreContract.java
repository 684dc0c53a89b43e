package io.tributary.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.service.store.Definition.Key;
import io.tributary.service.store.Definition.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What every store of definitions does: keeps versions, and lets nobody save over what they have not seen. */
public interface DefinitionStoreContract {

    Duration LONGEST = Duration.ofSeconds(20);

    Key PRODUCTS = new Key(Kind.SCHEMA, "shop", "products");

    /** An empty store. */
    DefinitionStore definitions();

    @Test
    default void givesADefinitionBackAsItCame() {
        Definition saved = save("it's {\"a\": 1}\n", 0);

        assertThat(saved.version()).isEqualTo(1);
        assertThat(saved.body()).isEqualTo("it's {\"a\": 1}\n");
        assertThat(saved.createdAt()).isEqualTo(saved.updatedAt());
        assertThat(find()).isEqualTo(saved);
    }

    @Test
    default void countsVersions() {
        Definition first = save("1", 0);

        Definition second = save("2", 1);

        assertThat(second.version()).isEqualTo(2);
        assertThat(second.createdAt()).isEqualTo(first.createdAt());
        assertThat(find()).isEqualTo(second);
    }

    @Test
    default void savesNothingOverAnotherVersion() {
        Definition saved = save("1", 0);

        assertThat(definitions().save(PRODUCTS, "2", 0).blockOptional(LONGEST)).isEmpty();
        assertThat(definitions().save(PRODUCTS, "2", 2).blockOptional(LONGEST)).isEmpty();
        assertThat(find()).isEqualTo(saved);
    }

    @Test
    default void savesNothingOverWhatIsNotThere() {
        assertThat(definitions().save(PRODUCTS, "1", 7).blockOptional(LONGEST)).isEmpty();
        assertThat(definitions().find(PRODUCTS).blockOptional(LONGEST)).isEmpty();
    }

    @Test
    default void deletes() {
        save("1", 0);

        assertThat(definitions().delete(PRODUCTS, 1).block(LONGEST)).isTrue();
        assertThat(definitions().find(PRODUCTS).blockOptional(LONGEST)).isEmpty();
        assertThat(definitions().delete(PRODUCTS, 1).block(LONGEST)).isFalse();
    }

    @Test
    default void deletesNoOtherVersion() {
        save("1", 0);
        save("2", 1);

        assertThat(definitions().delete(PRODUCTS, 1).block(LONGEST)).isFalse();
        assertThat(find().body()).isEqualTo("2");
    }

    @Test
    default void continuesTheVersionsOfWhatWasDeleted() {
        save("1", 0);
        definitions().delete(PRODUCTS, 1).block(LONGEST);

        assertThat(save("2", 0).version()).isEqualTo(3);
    }

    @Test
    default void tellsTheNamesOfADatabaseApart() {
        save("1", 0);

        assertThat(definitions()
                        .find(new Key(Kind.SCHEMA, "default", "products"))
                        .blockOptional(LONGEST))
                .isEmpty();
        assertThat(definitions().list(Kind.SCHEMA, "default").block(LONGEST)).isEmpty();
        assertThat(definitions().list(Kind.SCHEMA, "shop").block(LONGEST)).containsExactly(find());
    }

    @Test
    default void listsByName() {
        save("1", 0);
        definitions().save(new Key(Kind.SCHEMA, "shop", "orders"), "2", 0).block(LONGEST);

        assertThat(definitions().list(Kind.SCHEMA, "shop").block(LONGEST))
                .extracting(each -> each.key().name())
                .containsExactly("orders", "products");
    }

    @Test
    default void givesAllWithTheNumberOfChanges() {
        long before = changes();
        save("1", 0);
        save("2", 1);

        DefinitionStore.All all = definitions().all().block(LONGEST);

        assertThat(all).isEqualTo(new DefinitionStore.All(before + 2, List.of(find())));
        assertThat(changes()).isEqualTo(before + 2);
    }

    @Test
    default void countsDeletionsAsChanges() {
        save("1", 0);
        long before = changes();

        definitions().delete(PRODUCTS, 1).block(LONGEST);

        assertThat(changes()).isEqualTo(before + 1);
        assertThat(Objects.requireNonNull(definitions().all().block(LONGEST)).definitions())
                .isEmpty();
    }

    @Test
    default void countsNoChangeThatWasRefused() {
        save("1", 0);
        long before = changes();

        definitions().save(PRODUCTS, "2", 7).blockOptional(LONGEST);
        definitions().delete(PRODUCTS, 7).block(LONGEST);

        assertThat(changes()).isEqualTo(before);
    }

    private Definition save(String body, long expected) {
        return Objects.requireNonNull(
                definitions().save(PRODUCTS, body, expected).block(LONGEST));
    }

    private Definition find() {
        return Objects.requireNonNull(definitions().find(PRODUCTS).block(LONGEST));
    }

    private long changes() {
        return Objects.requireNonNull(definitions().changes().block(LONGEST));
    }
}
