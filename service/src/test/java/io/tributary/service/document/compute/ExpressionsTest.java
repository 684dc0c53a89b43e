package io.tributary.service.document.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.service.document.Json;
import io.tributary.value.DoubleValue;
import io.tributary.value.IntegerValue;
import io.tributary.value.TimestampValue;
import io.tributary.value.Value;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final String DOC = """
            {"price": 9.5, "quantity": 3, "name": "tea", "tags": ["a", "b"], "sold": null, "open": true,
             "seller": {"city": "Łódź", "since": 2019}, "at": {"@timestamp": "2026-11-20T08:00:00Z"}, "raw": {"@bytes": "AA=="},
             "ref": {"@reference": "people/ada"}, "max": 9223372036854775807, "lines": [{"n": 1}, {"n": 2}]}""";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            doc.price * doc.quantity                         | 28.5
            doc.quantity * doc.price                         | 28.5
            doc.quantity + 1                                 | 4
            1 - doc.price                                    | -8.5
            doc.price / 2                                    | 4.75
            doc.quantity / 2                                 | 1
            doc.quantity % 2                                 | 1
            doc.name + '-' + id                              | "tea-p42"
            doc.tags + ['c']                                 | ["a", "b", "c"]
            doc.lines.map(line, line.n * 2)                  | [2, 4]
            doc.tags.exists(tag, tag == 'b')                 | true
            size(doc.tags)                                   | 2
            has(doc.stock) ? doc.stock : 0                   | 0
            doc.quantity > 2.5 ? 'many' : 'few'              | "many"
            doc.seller                                       | {"city": "Łódź", "since": 2019}
            {'of': doc.seller.city, 'x': null}               | {"of": "Łódź", "x": null}
            doc.sold                                         | null
            doc.open && doc.sold == null                     | true
            now > doc.at                                     | true
            doc.at + duration('1h')                          | {"@timestamp": "2026-11-20T09:00:00Z"}
            doc.raw                                          | {"@bytes": "AA=="}
            doc.ref                                          | {"@reference": "people/ada"}
            timestamp('2026-01-01T00:00:00.123456789Z')      | {"@timestamp": "2026-01-01T00:00:00.123456Z"}
            doc.name.matches('^t.a$')                        | true
            7u                                               | 7
            """)
    void computes(String expression, String value) {
        assertThat(Expressions.evaluate(expression, Json.map(DOC), NOW, "p42"))
                .isEqualTo(new Computed.Result(Json.value(value)));
    }

    @Test
    void knowsTheTimeOfTheCommit() {
        assertThat(value("now")).isEqualTo(new TimestampValue(NOW));
    }

    @Test
    void keepsIntegersIntegers() {
        assertThat(value("doc.quantity * 2")).isEqualTo(new IntegerValue(6));
    }

    @Test
    void makesADoubleOfAnIntegerAndADouble() {
        assertThat(value("doc.quantity * 2.0")).isEqualTo(new DoubleValue(6));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            doc.price *            | 1:12
            doc.quantity = 1       | 1:14
            price * 2              | 1:1
            'a' + 1                | 1:5
            doc.price.round()      | 1:16
            """)
    void tellsWhereAnExpressionIsFaulty(String expression, String place) {
        assertThat(Expressions.fault(expression)).startsWith(place + " ");
    }

    @Test
    void findsNoFaultInWhatOnlyTheDocumentDecides() {
        assertThat(Expressions.fault("doc.anything + 1")).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            doc.stock + 1                  | key 'stock' is not present
            doc.name * 2                   | no matching overload
            doc.quantity / 0               | / by zero
            doc.tags[2]                    | index out of bounds
            doc.ref + 'x'                  | no matching overload
            duration('1h')                 | cannot hold
            {1: 2}                         | no string
            {'__x__': 2}                   | reserved
            'a\\u0000b'                    | U+0000
            timestamp('nonsense')          | nonsense
            """)
    void failsWhereADocumentDoesNotFit(String expression, String reason) {
        assertThat(Expressions.evaluate(expression, Json.map(DOC), NOW, "p42"))
                .isInstanceOfSatisfying(
                        Computed.Failure.class,
                        failure -> assertThat(failure.reason()).containsIgnoringCase(reason));
    }

    @Test
    void overflowsBeyond64Bits() {
        assertThat(Expressions.evaluate("doc.max + 1", Json.map(DOC), NOW, "p42"))
                .isEqualTo(new Computed.Overflow());
    }

    @Test
    void endsWhatLoopsTooLong() {
        var doc = Json.map("{\"n\": [%s]}".formatted("1,".repeat(999) + "1"));

        assertThat(Expressions.evaluate("doc.n.all(x, doc.n.all(y, x == y))", doc, NOW, "p42"))
                .isInstanceOfSatisfying(
                        Computed.Failure.class,
                        failure -> assertThat(failure.reason().toLowerCase(Locale.ROOT))
                                .contains("iteration budget exceeded"));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 3_000})
    void refusesWhatIsTooLong(int terms) {
        assertThat(Expressions.fault("1" + " + 1".repeat(terms))).isNotNull();
    }

    private static Value value(String expression) {
        return ((Computed.Result) Expressions.evaluate(expression, Json.map(DOC), NOW, "p42")).value();
    }
}
