package io.tributary.service.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {

    /** The example of the Svix libraries, which the specification names as its reference. */
    @Test
    void isThatOfStandardWebhooks() {
        assertThat(WebhookSignature.of(
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        Instant.ofEpochSecond(1_614_265_330),
                        "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void takesAnyOtherTextAsItIs() {
        assertThat(WebhookSignature.key("a secret")).isEqualTo("a secret".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void needsASecretThatIsNotEmpty() {
        assertThatIllegalArgumentException().isThrownBy(() -> WebhookSignature.key("whsec_"));
    }
}
