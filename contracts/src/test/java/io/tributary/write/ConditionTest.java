package io.tributary.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionTest {

    private static final Filter NEVER = new Filter.Not(Filter.ALWAYS);

    @Test
    void asksForAllThatTwoConditionsAskFor() {
        Condition both = Condition.exists(true).and(Condition.version(7));

        assertThat(both).isEqualTo(new Condition(true, 7L, null, null));
    }

    @Test
    void keepsWhatBothAskFor() {
        assertThat(Condition.version(7).and(Condition.version(7))).isEqualTo(Condition.version(7));
    }

    @Test
    void joinsTheFiltersOfTwoConditions() {
        Filter other = new Filter.Or(List.of());

        Condition both = Condition.where(NEVER).and(Condition.where(other));

        assertThat(both.where()).isEqualTo(new Filter.And(List.of(NEVER, other)));
    }

    @Test
    void neverHoldsForTwoVersionsAtOnce() {
        assertThat(Condition.version(7).and(Condition.version(8)).where()).isEqualTo(NEVER);
    }

    @Test
    void neverHoldsForAMissingDocumentThatExists() {
        assertThat(Condition.exists(true).and(Condition.exists(false)).where()).isEqualTo(NEVER);
    }

    @Test
    void neverHoldsForTwoTimesAtOnce() {
        Condition now = new Condition(null, null, Instant.EPOCH, null);
        Condition later = new Condition(null, null, Instant.EPOCH.plusSeconds(1), null);

        assertThat(now.and(later).where()).isEqualTo(NEVER);
    }

    @Test
    void leavesAConditionAsItIsBesideNone() {
        assertThat(Condition.NONE.and(Condition.version(7))).isEqualTo(Condition.version(7));
        assertThat(Condition.version(7).and(Condition.NONE)).isEqualTo(Condition.version(7));
    }
}
