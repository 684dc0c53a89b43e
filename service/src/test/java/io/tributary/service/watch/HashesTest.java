package io.tributary.service.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HashesTest {

    private static final long SEED = 20;

    @Test
    void isASetOfNames() {
        Hashes hashes = new Hashes();
        Set<String> names = new HashSet<>();
        Random random = new Random(SEED);
        for (int step = 0; step < 20_000; step++) {
            String name = "documents/" + random.nextInt(500);
            if (random.nextBoolean()) {
                assertThat(hashes.add(name)).isEqualTo(names.add(name));
            } else {
                assertThat(hashes.remove(name)).isEqualTo(names.remove(name));
            }
            assertThat(hashes.size()).isEqualTo(names.size());
        }

        for (int number = 0; number < 500; number++) {
            assertThat(hashes.contains("documents/" + number)).isEqualTo(names.contains("documents/" + number));
        }
    }

    @Test
    void forgetsAll() {
        Hashes hashes = new Hashes();
        hashes.add("a");
        hashes.clear();

        assertThat(hashes.contains("a")).isFalse();
        assertThat(hashes.size()).isZero();
    }
}
