package io.tributary.service.lane;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.tributary.service.store.InMemoryStore;
import io.tributary.service.store.InMemoryStore.Flaw;
import io.tributary.service.store.LaneHolder;
import io.tributary.service.store.Store;
import io.tributary.service.store.StoreContract;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** The simulation notices wrong implementations with the seeds that it runs each time: it would notice ours, were it one. */
class MutantsTest {

    private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.tributary.service");

    @BeforeAll
    static void keepQuietAboutFaultsThatWereAskedFor() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void speakAgain() {
        LOG.setLevel(null);
    }

    @ParameterizedTest
    @EnumSource
    void isCaught(Mutant mutant) {
        for (long seed = 1; seed <= LaneSimulationTest.SEEDS_BY_DEFAULT; seed++) {
            LaneSimulation simulation = new LaneSimulation(seed, mutant);
            simulation.run();
            if (!isSound(simulation)) {
                return;
            }
        }
        fail("no seed shows that %s is wrong", mutant);
    }

    /** Only what the checker objects to counts; a mutant that fails otherwise is a fault of this test. */
    private static boolean isSound(LaneSimulation simulation) {
        try {
            new History(simulation).check();
            return true;
        } catch (AssertionError objection) {
            return false;
        }
    }

    /** Where the only writers are owners of lanes, versions always fit: only the contract can tell. */
    @Test
    void theContractCatchesWhoeverCountsDocumentsAfterwards() {
        InMemoryStore store = new InMemoryStore(StoreContract.LANES, Runnable::run, Set.of(Flaw.COUNTED_BY_THE_CLIENT));
        StoreContract contract = new StoreContract() {
            @Override
            public Store store() {
                return store;
            }

            @Override
            public LaneHolder hold(int lane) {
                return store.hold(lane);
            }
        };

        assertThatExceptionOfType(AssertionError.class).isThrownBy(contract::writesNothingAtAllWhenOneVersionIsAnother);
    }
}
