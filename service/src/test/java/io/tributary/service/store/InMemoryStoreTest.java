package io.tributary.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.service.store.InMemoryStore.Call;
import io.tributary.service.store.InMemoryStore.Fault;
import io.tributary.service.store.StoreException.Kind;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InMemoryStoreTest implements StoreContract {

    private final InMemoryStore store = new InMemoryStore(LANES);

    @Override
    public Store store() {
        return store;
    }

    @Override
    public LaneHolder hold(int lane) {
        return store.hold(lane);
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_APPLIED, NOT_APPLIED, 0, 0",
        "AWAY, AWAY, 0, 0",
        "REQUEST_LOST, UNKNOWN, 0, 0",
        "ANSWER_LOST, UNKNOWN, 1, 1",
        "LATE, UNKNOWN, 0, 1"
    })
    void failsAsItIsTold(Fault fault, Kind kind, long turnAtOnce, long turnLater) {
        Session session = store.session("a");
        LaneState state = session.takeOver(1, "a").block(LONGEST);
        store.failNext(Call.COMMIT, fault);

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(
                        () -> session.commit(Batches.of(Batches.next(state, 1))).block(LONGEST))
                .returns(kind, StoreException::kind);

        assertThat(turn(session)).isEqualTo(turnAtOnce);
        store.carryOutLateOnes();
        assertThat(turn(session)).isEqualTo(turnLater);
    }

    private static long turn(Session session) {
        return session.lanes(Set.of(1)).block(LONGEST).get(1).turn();
    }
}
