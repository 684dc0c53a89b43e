package io.tributary.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.ProblemType;
import io.tributary.json.WatchMessage.Target;
import io.tributary.name.CollectionName;
import io.tributary.name.DocumentName;
import io.tributary.write.Filter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchMessageJsonTest {

    @Test
    void aWatchTellsWhatThereIsUnlessItSaysOtherwise() {
        assertThat(read("{'watch': 'x', 'document': 'products/p42'}"))
                .isEqualTo(new WatchMessage.Begin(
                        "x",
                        new Target.Document(DocumentName.of("shop", "products/p42")),
                        true,
                        null,
                        IntegerForm.NUMBER));
    }

    @Test
    void aWatchSaysWhereItGoesOnAndHow() {
        assertThat(read("{'snapshot': false, 'lastEventId': 'abc', 'integers': 'string', 'collection': 'products',"
                        + " 'watch': 'x'}"))
                .isEqualTo(new WatchMessage.Begin(
                        "x",
                        new Target.Collection(new CollectionName("shop", "products"), Filter.ALWAYS),
                        false,
                        "abc",
                        IntegerForm.STRING));
    }

    @Test
    void aWatchOfACollectionMayHaveAFilter() {
        WatchMessage.Begin begin =
                (WatchMessage.Begin) read("{'watch': 'x', 'collection': 'products', 'where': {'stock': {'lt': 5}}}");

        assertThat(((Target.Collection) begin.target()).where())
                .isEqualTo(FilterJson.read("{\"stock\": {\"lt\": 5}}", Limits.DEFAULT));
    }

    @Test
    void aWatchIsEnded() {
        assertThat(read("{'unwatch': 'x'}")).isEqualTo(new WatchMessage.End("x"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[]                                                      | BAD_VALUE",
                "{}                                                      | BAD_VALUE",
                "{'watch': 'x'}                                          | BAD_VALUE",
                "{'watch': '', 'document': 'a/b'}                        | BAD_VALUE",
                "{'watch': 'x', 'document': 'a/b', 'where': {}}          | BAD_VALUE",
                "{'watch': 'x', 'document': 'a/b', 'collection': 'a'}    | BAD_VALUE",
                "{'watch': 'x', 'document': 'a'}                         | BAD_PATH",
                "{'watch': 'x', 'collection': 'a/b'}                     | BAD_PATH",
                "{'watch': 'x', 'document': 'a/b', 'integers': 'double'} | BAD_VALUE",
                "{'watch': 'x', 'unwatch': 'x'}                          | MALFORMED",
                "{'watch': 'x', 'watch': 'y'}                            | MALFORMED",
                "{'watch': 'x', 'documents': 'a/b'}                      | UNKNOWN_MEMBER"
            })
    void whatIsFaultyIsNamed(String message, ProblemType problem) {
        assertThat(((WatchMessage.Faulty) read(message)).problem().type()).isEqualTo(problem);
    }

    @Test
    void aFaultIsTheWatchsWhoseNameWasReadBefore() {
        assertThat(((WatchMessage.Faulty) read("{'watch': 'x', 'document': 1}")).watch())
                .isEqualTo("x");
        assertThat(((WatchMessage.Faulty) read("{'document': 1, 'watch': 'x'}")).watch())
                .isNull();
    }

    private static WatchMessage read(String message) {
        return WatchMessageJson.read("shop", Refusal.utf8(message.replace('\'', '"')), Limits.DEFAULT);
    }
}
