package io.tributary.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tributary.change.Change;
import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.name.CollectionName;
import io.tributary.name.FieldPath;
import io.tributary.trigger.Trigger;
import io.tributary.trigger.TriggerAction;
import io.tributary.write.Filter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriggerJsonTest {

    @Test
    void aTriggerIsFiredByAllChangesUnlessItSaysOtherwise() {
        Trigger trigger = read("{'collection': 'products', 'do': {'webhook': {'url': 'https://example.com/hook'}}}");

        assertThat(trigger.collection()).isEqualTo(new CollectionName("default", "products"));
        assertThat(trigger.on()).containsExactlyInAnyOrder(Change.Kind.values());
        assertThat(trigger.where()).isEqualTo(Filter.ALWAYS);
        assertThat(trigger.changed()).isEmpty();
    }

    @Test
    void aTriggerSaysWhatFiresIt() {
        Trigger trigger = read("{'collection': 'products', 'on': ['update'], 'where': {'stock': {'lt': 5}},"
                + " 'changed': ['stock', 'place.shelf'], 'do': {'webhook': {'url': 'https://example.com/hook'}}}");

        assertThat(trigger.on()).containsExactly(Change.Kind.UPDATE);
        assertThat(trigger.where()).isEqualTo(FilterJson.read("{\"stock\": {\"lt\": 5}}", Limits.DEFAULT));
        assertThat(trigger.changed()).containsExactly(FieldPath.parse("stock"), FieldPath.parse("place.shelf"));
    }

    @Test
    void aTemplateIsKeptAsItCame() {
        Trigger trigger = read("{'collection': 'products', 'do': {'writes': [{'document': 'orders/${document.id}',"
                + " 'create': {'left': '${after.stock}'}}]}}");

        TriggerAction.FollowUp followUp = (TriggerAction.FollowUp) trigger.action();
        assertThat(followUp.writes().get(0).json())
                .isEqualTo("{\"document\": \"orders/${document.id}\", \"create\": {\"left\": \"${after.stock}\"}}");
    }

    @Test
    void aPlaceholderMayStandWhereANumberHasTo() {
        Trigger trigger = read("{'collection': 'sales', 'do': {'writes': [{'document': 'totals/all',"
                + " 'increment': {'sum': '${after.price}'}}]}}");

        assertThat(trigger.action()).isInstanceOf(TriggerAction.FollowUp.class);
    }

    @Test
    void whatIsShownOfAWebhookHasNoSecret() {
        var webhook =
                (TriggerAction.Webhook) read("{'collection': 'p', 'do': {'webhook': {'url': 'https://example.com/',"
                                + " 'headers': {'Authorization': 'Bearer hidden'}, 'secret': 'hidden'}}}")
                        .action();

        assertThat(webhook.secret()).isEqualTo("hidden");
        assertThat(webhook.toString()).doesNotContain("hidden");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {'do': {'webhook': {'url': 'https://a.b/'}}}                                        |                         | no "collection"
            {'collection': 'p'}                                                                 |                         | no "do"
            {'collection': 'p', 'do': {}}                                                       | /do                     | does one thing
            {'collection': 'p', 'do': {'webhook': {'url': 'https://a.b/'}, 'writes': []}}       | /do/writes              | 1 to 20 writes
            {'collection': 'p', 'on': [], 'do': {'webhook': {'url': 'https://a.b/'}}}           | /on                     | no kind
            {'collection': 'p', 'on': ['change'], 'do': {'webhook': {'url': 'https://a.b/'}}}   | /on/0                   | "create", "update" or "delete"
            {'collection': 'p', 'when': {}, 'do': {'webhook': {'url': 'https://a.b/'}}}         | /when                   | unknown member
            {'collection': 'p/q', 'do': {'webhook': {'url': 'https://a.b/'}}}                   | /collection             |
            {'collection': 'p', 'where': {'n': {'lower': 1}}, 'do': {'webhook': {'url': 'https://a.b/'}}} | /where/n/lower |
            {'collection': 'p', 'do': {'webhook': {'url': '/hook'}}}                            | /do/webhook/url         | absolute URL
            {'collection': 'p', 'do': {'webhook': {'url': 'ftp://a.b/'}}}                       | /do/webhook/url         | absolute URL
            {'collection': 'p', 'do': {'webhook': {'url': 'https://u:p@a.b/'}}}                 | /do/webhook/url         | absolute URL
            {'collection': 'p', 'do': {'webhook': {}}}                                          | /do/webhook             | no "url"
            {'collection': 'p', 'do': {'webhook': {'url': 'https://a.b/', 'headers': {'Host': 'x'}}}} | /do/webhook/headers/Host | no header to choose
            {'collection': 'p', 'do': {'writes': [{'document': 'o/${document.nr}', 'set': {'n': 1}}]}} | /do/writes/0/document | means nothing
            {'collection': 'p', 'do': {'writes': [{'document': 'o/${document.id', 'set': {'n': 1}}]}} | /do/writes/0/document | has no }
            {'collection': 'p', 'do': {'writes': [{'document': 'o/1', 'incremnt': {'n': 1}}]}}  | /do/writes/0/incremnt   | increment
            {'collection': 'p', 'do': {'writes': [{'document': 'o/1', 'increment': {'n': 'x'}}]}} | /do/writes/0/increment/n |
            {'collection': 'p', 'do': {'writes': [{'document': 'o/1', 'set': {'n': 1}, 'id': 'x'}]}} | /do/writes/0/id     | of its own
            """)
    void aMistakeIsNamedWithItsPlace(String json, String pointer, String detail) {
        Problem problem =
                catchThrowableOfType(ProblemException.class, () -> read(json)).problem();

        assertThat(problem.pointer()).isEqualTo(pointer == null ? "" : pointer);
        assertThat(problem.detail()).contains(detail == null ? "" : detail);
    }

    private static Trigger read(String json) {
        return TriggerJson.read("default", json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), Limits.DEFAULT);
    }
}
