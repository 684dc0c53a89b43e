package io.tributary.service.trigger;

import static io.tributary.service.trigger.Occurrences.by;
import static io.tributary.service.trigger.Occurrences.create;
import static io.tributary.service.trigger.Occurrences.delete;
import static io.tributary.service.trigger.Occurrences.trigger;
import static io.tributary.service.trigger.Occurrences.update;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OccurrenceTest {

    private static final String ACTION = "'do': {'webhook': {'url': 'https://example.com/'}}";

    @Test
    void firesWhatWaitsForItsKind() {
        var deletions = trigger("'on': ['delete'], " + ACTION);

        assertThat(delete("products/p1").fires(deletions)).isTrue();
        assertThat(create("products/p1", "{}").fires(deletions)).isFalse();
    }

    @Test
    void firesWhatHoldsOfTheDocumentAfterIt() {
        var low = trigger("'where': {'stock': {'lt': 5}}, " + ACTION);

        assertThat(update("products/p1", "{'stock': 4}", "stock").fires(low)).isTrue();
        assertThat(update("products/p1", "{'stock': 5}", "stock").fires(low)).isFalse();
    }

    @Test
    void seesADeletedDocumentAsMissing() {
        assertThat(delete("products/p1").fires(trigger("'where': {'stock': {'exists': false}}, " + ACTION)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"place,true", "place.shelf,true", "place.shelf.level,true", "price,false", "placement,false"})
    void firesWhatWaitsForOneOfItsFields(String field, boolean fires) {
        var trigger = trigger("'changed': ['" + field + "'], " + ACTION);

        assertThat(update("products/p1", "{}", "place.shelf").fires(trigger)).isEqualTo(fires);
    }

    @Test
    void aCreationChangesAllFields() {
        assertThat(create("products/p1", "{}").fires(trigger("'changed': ['stock'], " + ACTION)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"none,0", "order-7,0", "t/x,0", "t/1/restock/3/41,1", "t/12/restock/3/41,12"})
    void knowsByItsIdHowManyTriggersLedToIt(String id, int depth) {
        assertThat(by(id).depth()).isEqualTo(depth);
    }

    @Test
    void givesAFollowUpAnIdThatIsTheSameEachTime() {
        assertThat(by("t/1/restock/3/41").followUpId("report")).isEqualTo("t/2/report/3/42");
    }
}
