package io.tributary.load.generator;

import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/** Which documents of a corpus are written to, and how often each. */
public enum Keys {
    UNIFORM("uniform") {
        @Override
        public IntSupplier indexes(Corpus corpus, RandomGenerator random) {
            return () -> random.nextInt(corpus.size());
        }
    },
    ZIPF("zipf " + Zipf.THETA) {
        @Override
        public IntSupplier indexes(Corpus corpus, RandomGenerator random) {
            Zipf zipf = new Zipf(corpus.size());
            return () -> zipf.index(random.nextDouble());
        }
    },
    ONE_HOT("one hot") {
        @Override
        public IntSupplier indexes(Corpus corpus, RandomGenerator random) {
            return corpus::hot;
        }
    };

    private final String label;

    Keys(String label) {
        this.label = label;
    }

    /** What the table calls it. */
    public String label() {
        return label;
    }

    /** Gives the index of one document after another, without end. Not safe for use by several threads. */
    public abstract IntSupplier indexes(Corpus corpus, RandomGenerator random);
}
