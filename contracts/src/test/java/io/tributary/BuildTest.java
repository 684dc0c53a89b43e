package io.tributary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Trivial: shows that tests in Java run. To be deleted with the first real one. */
class BuildTest {

    @Test
    void runsOnTheSelectedJdk() {
        assertThat(Runtime.version().feature()).isGreaterThanOrEqualTo(25);
    }
}
