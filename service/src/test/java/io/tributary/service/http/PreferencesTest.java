package io.tributary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.write.WriteOptions.Return;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class PreferencesTest {

    private static final String THERE = "/v1/documents/products/p42";
    private static final String MISSING = "/v1/documents/products/p43";

    private final Api api = new Api();

    PreferencesTest() {
        api.store.put("products/p42", "{\"stock\":1}");
    }

    @Test
    void answersWithTheTagAloneWhenLittleIsPreferred() {
        putPreferring(THERE, "return=minimal")
                .expectStatus()
                .isNoContent()
                .expectHeader()
                .valueEquals("ETag", "\"2\"")
                .expectHeader()
                .valueEquals("Preference-Applied", "return=minimal")
                .expectBody()
                .isEmpty();
    }

    @Test
    void tellsOfACreationEvenWhenLittleIsPreferred() {
        putPreferring(MISSING, "return=minimal")
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("Location", MISSING)
                .expectBody()
                .isEmpty();
    }

    @Test
    void asksTheCoreForLittleWhenLittleIsPreferred() {
        putPreferring(THERE, "return=minimal");

        assertThat(api.writes.last().options().answer()).isEqualTo(Return.MINIMAL);
    }

    @Test
    void addsTheDataWhenARepresentationIsPreferred() {
        putPreferring(THERE, "return=representation")
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Preference-Applied", "return=representation")
                .expectBody()
                .jsonPath("$.data.stock")
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "handling=strict, return=minimal",
                "RETURN=Minimal",
                "return=\"minimal\"; foo=bar",
                "return = minimal , wait=10"
            })
    void findsAPreferenceAmongOthers(String prefer) {
        putPreferring(THERE, prefer).expectStatus().isNoContent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"return=everything", "handling=strict", "no-return=minimal", "return=minimalist", ""})
    void ignoresPreferencesThatItDoesNotKnow(String prefer) {
        putPreferring(THERE, prefer).expectStatus().isOk().expectHeader().doesNotExist("Preference-Applied");
    }

    @Test
    void followsTheFirstOfTwoThatExcludeEachOther() {
        putPreferring(THERE, "return=representation, return=minimal")
                .expectHeader()
                .valueEquals("Preference-Applied", "return=representation");
    }

    @Test
    void leavesTheChoiceToTheBodyOtherwise() {
        api.patch(THERE, "{\"increment\":{\"stock\":1},\"return\":\"document\"}")
                .expectBody()
                .jsonPath("$.data.stock")
                .isEqualTo(2);
    }

    private ResponseSpec putPreferring(String path, String prefer) {
        return api.json(HttpMethod.PUT, path, "{\"stock\":2}")
                .header("Prefer", prefer)
                .exchange();
    }
}
