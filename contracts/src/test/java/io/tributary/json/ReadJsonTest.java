package io.tributary.json;

import static io.tributary.json.Refusal.text;
import static io.tributary.json.Refusal.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.name.DocumentName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadJsonTest {

    @Test
    void readsNamesInTheirDatabase() {
        assertThat(ReadJson.read("tenant", utf8("{\"documents\":[\"a/b\",\"a/b/c/d\"]}"), Limits.DEFAULT))
                .containsExactly(DocumentName.of("tenant", "a/b"), DocumentName.of("tenant", "a/b/c/d"));
    }

    @Test
    void writesWhatItReads() {
        List<DocumentName> documents = List.of(DocumentName.of("tenant", "a/b"), DocumentName.of("tenant", "a/c"));

        assertThat(text(ReadJson.write(documents))).isEqualTo("{\"documents\":[\"a/b\",\"a/c\"]}");
        assertThat(ReadJson.read("tenant", ReadJson.write(documents), Limits.DEFAULT))
                .isEqualTo(documents);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    []                                          | bad-value      | ''
                    {}                                          | bad-value      | ''
                    {"documents":[]}                            | bad-value      | ''
                    {"documents":"a/b"}                         | bad-value      | /documents
                    {"documents":[1]}                           | bad-value      | /documents/0
                    {"documents":["a/b","a"]}                   | bad-path       | /documents/1
                    {"documents":["a/b","a/c","a/d"]}           | limit-exceeded | /documents/2
                    {"documents":["a/b"],"documents":["a/b"]}   | malformed      | /documents
                    {"documents":["a/b"],"fields":["x"]}        | unknown-member | /fields
                    """)
    void refusesWhatNamesNoDocuments(String json, String slug, String pointer) {
        Problem problem = Refusal.of(() -> ReadJson.read("default", utf8(json), Limits.DEFAULT.withBatchWrites(2)));

        assertThat(problem.type()).extracting(ProblemType::slug).isEqualTo(slug);
        assertThat(problem.pointer()).isEqualTo(pointer);
    }
}
