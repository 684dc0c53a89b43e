package io.tributary.kafka.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BrokerContactTest {

    private long now;
    private double bytes;
    private final BrokerContact contact = new BrokerContact("topic", Duration.ofSeconds(5), () -> bytes, () -> now);

    @Test
    void isLostAfterALongSilence() {
        pass(Duration.ofSeconds(6));

        contact.observe(true);

        assertThat(contact.present()).isFalse();
    }

    @Test
    void isNotLostAfterAShortSilence() {
        pass(Duration.ofSeconds(4));

        contact.observe(true);

        assertThat(contact.present()).isTrue();
    }

    @Test
    void isNotLostWhileNothingIsExpected() {
        pass(Duration.ofSeconds(60));
        contact.observe(false);
        pass(Duration.ofSeconds(4));

        contact.observe(true);

        assertThat(contact.present()).isTrue();
    }

    @Test
    void isBackWithTheFirstBytes() {
        pass(Duration.ofSeconds(6));
        contact.observe(true);
        bytes = 1;

        contact.observe(true);

        assertThat(contact.present()).isTrue();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
