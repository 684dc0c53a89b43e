package io.tributary.load.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeysTest {

    private static final int DRAWS = 100_000;

    @Test
    void uniformReachesEveryOrdinaryDocumentAndNotTheHotOne() {
        Corpus corpus = new Corpus("c", 3);

        assertThat(draws(Keys.UNIFORM, corpus).distinct()).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void oneHotReachesTheHotDocumentAlone() {
        Corpus corpus = new Corpus("c", 3);

        assertThat(draws(Keys.ONE_HOT, corpus).distinct()).containsExactly(corpus.hot());
    }

    @Test
    void zipfGivesTheFirstDocumentItsShareOfTheWhole() {
        Corpus corpus = new Corpus("c", 1_000);
        double share = 1 / new Zipf(1_000).zeta();

        long first = draws(Keys.ZIPF, corpus).filter(index -> index == 0).count();

        assertThat(first / (double) DRAWS).isBetween(share * 0.95, share * 1.05);
    }

    @Test
    void zipfStaysWithinTheOrdinaryDocuments() {
        Zipf zipf = new Zipf(1_000);

        assertThat(zipf.index(0)).isZero();
        assertThat(zipf.index(Math.nextDown(1.0))).isEqualTo(999);
    }

    @Test
    void zipfTakesASingleDocument() {
        assertThat(draws(Keys.ZIPF, new Corpus("c", 1)).distinct()).containsExactly(0);
    }

    private static IntStream draws(Keys keys, Corpus corpus) {
        IntSupplier indexes = keys.indexes(corpus, corpus.random());
        return IntStream.range(0, DRAWS).map(i -> indexes.getAsInt());
    }
}
