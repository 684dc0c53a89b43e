package io.tributary.service.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuerySettingsTest {

    @Test
    void hasDefaults() {
        assertThat(QuerySettings.DEFAULT).isEqualTo(new QuerySettings(Duration.ofSeconds(10), 16L << 20, 32));
    }

    @Test
    void refusesNoTime() {
        assertThatIllegalArgumentException().isThrownBy(() -> new QuerySettings(Duration.ZERO, 1, 1));
    }

    @Test
    void refusesNoRoomForDocuments() {
        assertThatIllegalArgumentException().isThrownBy(() -> new QuerySettings(Duration.ofSeconds(1), 0, 1));
    }

    @Test
    void refusesNoQueryAtAll() {
        assertThatIllegalArgumentException().isThrownBy(() -> new QuerySettings(Duration.ofSeconds(1), 1, 0));
    }
}
