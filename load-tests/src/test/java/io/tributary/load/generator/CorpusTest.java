package io.tributary.load.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CorpusTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99_999, 100_000})
    void hasDocumentsOfOneSize(int index) {
        assertThat(Corpus.data(index).getBytes(StandardCharsets.UTF_8)).hasSize(Corpus.DOCUMENT_BYTES);
    }

    @Test
    void beginsToCountAtZero() {
        JsonNode data = JsonMapper.shared().readTree(Corpus.data(7));

        assertThat(data.path("n").asLong(-1)).isZero();
    }

    @Test
    void hasTheSameDocumentsInEveryRun() {
        assertThat(Corpus.data(7)).isEqualTo(Corpus.data(7)).isNotEqualTo(Corpus.data(8));
    }

    @Test
    void namesTheHotDocumentBehindTheOrdinaryOnes() {
        assertThat(new Corpus("c", 2).names()).containsExactly("c/d00000000", "c/d00000001", "c/hot");
    }
}
