package io.tributary.load.generator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.load.generator.Corpus;
import io.tributary.load.generator.Keys;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RequestsTest {

    private static final Corpus CORPUS = new Corpus("c", 3);

    @Test
    void asksForAnIncrementAsTheInterfaceHasIt() {
        byte[] request = Requests.patching(CORPUS).chosenBy(Keys.ONE_HOT).get();

        assertThat(new String(request, StandardCharsets.US_ASCII))
                .isEqualTo("PATCH /v1/documents/c/hot HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 21\r\n\r\n{\"increment\":{\"n\":1}}");
    }
}
