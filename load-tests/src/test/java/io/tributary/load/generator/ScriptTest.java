package io.tributary.load.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScriptTest {

    private static final Corpus CORPUS = new Corpus("c", 3);

    @Test
    void asksForAnIncrementAsTheInterfaceHasIt() {
        assertThat(text(Script.hot(CORPUS)))
                .isEqualTo("PATCH /v1/documents/c/hot HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 21\r\n\r\n{\"increment\":{\"n\":1}}");
    }

    @Test
    void reachesEveryOrdinaryDocumentAndNotTheHotOne() {
        Script uniform = Script.uniform(CORPUS);
        Random random = new Random(1);

        Set<String> documents = IntStream.range(0, 1000)
                .mapToObj(i -> new String(uniform.next(random), StandardCharsets.US_ASCII).split(" ", 3)[1])
                .collect(Collectors.toSet());

        assertThat(documents)
                .containsExactlyInAnyOrder(
                        "/v1/documents/c/d00000000", "/v1/documents/c/d00000001", "/v1/documents/c/d00000002");
    }

    private static String text(Script script) {
        return new String(script.next(new Random(1)), StandardCharsets.US_ASCII);
    }
}
