package io.tributary.service.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.SharedService;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Fields that follow from others, in the same atomic step. */
@ExtendWith(SharedService.class)
class ComputeIT {

    private final String document = "carts/" + UUID.randomUUID();
    private final Http http;

    ComputeIT(ServiceProcess service) {
        http = service.http();
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void keepsATotalRight() {
        http.put(document, "{\"price\": 2.5, \"quantity\": 3}");

        Http.Reply reply = http.patch(document, """
                {"steps": [{"increment": {"quantity": 1}}, {"compute": {"total": "doc.price * doc.quantity"}}]}""");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(http.data(document).get("total").asDouble()).isEqualTo(10.0);
    }

    @Test
    void refusesAFaultyExpressionBeforeAnythingElse() {
        Http.Reply reply = http.patch(document, "{\"compute\": {\"total\": \"doc.price *\"}}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().get("pointer").asString()).isEqualTo("/compute/total");
    }

    @Test
    void changesNothingWhereTheExpressionHasNoValue() {
        http.put(document, "{\"price\": 2.5}");

        Http.Reply reply = http.patch(document, """
                {"increment": {"price": 1}, "compute": {"total": "doc.price * doc.quantity"}}""");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.problem()).isEqualTo("compute-failed");
        assertThat(http.data(document).toString()).isEqualTo("{\"price\":2.5}");
    }
}
