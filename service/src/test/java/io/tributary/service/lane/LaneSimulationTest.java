package io.tributary.service.lane;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Keeps all promises about single writes, whatever fails. More seeds with {@code -Dlanes.seeds=10000}, one of them with
 * {@code -Dlanes.firstSeed=4711 -Dlanes.seeds=1}.
 */
class LaneSimulationTest {

    static final int SEEDS_BY_DEFAULT = 300;

    private static final long FIRST_SEED = Long.getLong("lanes.firstSeed", 1);
    private static final int SEEDS = Integer.getInteger("lanes.seeds", SEEDS_BY_DEFAULT);

    private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.tributary.service");

    @BeforeAll
    static void keepQuietAboutFaultsThatWereAskedFor() {
        LOG.setLevel(Level.valueOf(System.getProperty("lanes.log", "OFF")));
    }

    @AfterAll
    static void speakAgain() {
        LOG.setLevel(null);
    }

    @Test
    void neverLosesOrDoublesAWriteOrTellsAnUntruth() {
        int writes = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            LaneSimulation simulation = new LaneSimulation(seed);
            try {
                simulation.run();
                new History(simulation).check();
            } catch (RuntimeException | Error failure) {
                throw new AssertionError("seed " + seed, failure);
            }
            writes += simulation.attempts().size();
        }
        assertThat(writes).isGreaterThan(SEEDS * 100);
    }
}
