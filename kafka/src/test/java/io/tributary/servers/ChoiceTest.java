package io.tributary.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChoiceTest {

    @Test
    void isAutomaticWhereNothingIsSaid() {
        assertThat(Choice.of(null)).isEqualTo(Choice.AUTO);
    }

    @ParameterizedTest
    @EnumSource
    void isWhatItIsCalled(Choice choice) {
        assertThat(Choice.of(choice.name().toLowerCase())).isEqualTo(choice);
    }

    @Test
    void namesTheValuesToWhoGivesAnotherOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Choice.of("docker"))
                .withMessage("-Dservers is containers, embedded or auto, not docker");
    }
}
