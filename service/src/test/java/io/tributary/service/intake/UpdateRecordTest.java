package io.tributary.service.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.json.Limits;
import io.tributary.service.changelog.Publication.Header;
import io.tributary.service.changelog.Publication.Rejection;
import io.tributary.service.lane.Entry;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateRecordTest {

    private static final String KEY = "people/ada";
    private static final String WRITE = "{\"increment\": {\"visits\": 1}}";
    private static final String BATCH = "{\"id\": \"order-17\", \"writes\": ["
            + "{\"document\": \"accounts/a\", \"increment\": {\"n\": 1}}, {\"document\": \"accounts/b\", \"delete\": true}]}";
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final Problem PROBLEM = Problem.of(ProblemType.MALFORMED, "it cannot be read");
    private static final int LARGEST_COPY = 200;

    private final Headers headers = new RecordHeaders();

    @Test
    void takesItsIdFromTheHeader() {
        headers.add("tributary-id", "order-17".getBytes(UTF_8));

        assertThat(submission().write().id()).isEqualTo("order-17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "ümlaut", "line\nbreak"})
    void refusesAnIdThatIsNotVisibleAscii(String id) {
        headers.add("tributary-id", id.getBytes(UTF_8));

        assertRefused();
    }

    @Test
    void refusesAnIdOf256Characters() {
        headers.add("tributary-id", "x".repeat(256).getBytes(UTF_8));

        assertRefused();
    }

    @Test
    void refusesAnActorOf256Bytes() {
        headers.add("tributary-actor", "x".repeat(256).getBytes(UTF_8));

        assertRefused();
    }

    @Test
    void keepsItsTrace() {
        headers.add("traceparent", TRACE.getBytes(UTF_8));

        assertThat(submission().traceparent()).isEqualTo(TRACE);
    }

    @Test
    void ignoresATraceThatIsNone() {
        headers.add("traceparent", "x".repeat(12_000_000).getBytes(UTF_8));

        assertThat(submission().traceparent()).isNull();
    }

    @Test
    void isRepeatedWholeInItsRejection() {
        Rejection rejection = rejection(KEY, WRITE);

        assertThat(rejection.key()).isEqualTo(KEY.getBytes(UTF_8));
        assertThat(rejection.value()).isEqualTo(WRITE.getBytes(UTF_8));
    }

    @Test
    void isRejectedWithoutAValueThatNoRecordHasRoomFor() {
        Rejection rejection = rejection(KEY, "x".repeat(LARGEST_COPY - KEY.length() + 1));

        assertThat(rejection.key()).isEqualTo(KEY.getBytes(UTF_8));
        assertThat(rejection.value()).isNull();
    }

    @Test
    void isRejectedWithoutAKeyThatNoRecordHasRoomFor() {
        Rejection rejection = rejection("x".repeat(LARGEST_COPY + 1), WRITE);

        assertThat(rejection.key()).isNull();
        assertThat(rejection.value()).isNull();
    }

    @Test
    void isRejectedWithTheHeadersThatItCameWith() {
        headers.add("origin", "shop".getBytes(UTF_8));
        headers.add("origin", null);

        assertThat(rejection(KEY, WRITE).headers())
                .usingRecursiveComparison()
                .isEqualTo(List.of(new Header("origin", "shop".getBytes(UTF_8)), new Header("origin", null)));
    }

    @Test
    void isRejectedWithoutHeadersThatNoRecordHasRoomFor() {
        headers.add("large", new byte[LARGEST_COPY]);
        headers.add("small", new byte[1]);

        assertThat(rejection(KEY, WRITE).headers()).extracting(Header::name).containsExactly("small");
    }

    @Test
    void isHandedOnWithWhatItsHeadersMean() {
        headers.add("tributary-actor", "ada".getBytes(UTF_8));
        headers.add("traceparent", TRACE.getBytes(UTF_8));
        headers.add("of-any-size", "x".repeat(1_000).getBytes(UTF_8));
        UpdateRecord record = record(KEY, WRITE);

        ProducerRecord<byte[], byte[]> copy = record.copyFor(7, record.content(Limits.DEFAULT, name -> 7));

        assertThat(copy.partition()).isEqualTo(7);
        assertThat(copy.key()).isEqualTo(KEY.getBytes(UTF_8));
        assertThat(copy.headers())
                .extracting(header -> header.key() + ": " + new String(header.value(), UTF_8))
                .containsExactly("tributary-id: r/updates/3/42", "tributary-actor: ada", "traceparent: " + TRACE);
    }

    @Test
    void isHandedOnUnderTheIdThatItHas() {
        headers.add("tributary-id", "order-17".getBytes(UTF_8));
        UpdateRecord record = record(KEY, WRITE);

        ProducerRecord<byte[], byte[]> copy = record.copyFor(7, record.content(Limits.DEFAULT, name -> 7));

        assertThat(copy.headers().headers("tributary-id"))
                .extracting(header -> new String(header.value(), UTF_8))
                .containsExactly("order-17");
    }

    private void assertRefused() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(this::submission)
                .satisfies(refused -> assertThat(refused.problem().type()).isEqualTo(ProblemType.MALFORMED));
    }

    @Test
    void isABatchWhereItHasWrites() {
        UpdateRecord.Content content = content(BATCH);

        assertThat(content.home().path()).isEqualTo("accounts/a");
        assertThat(content.id()).isEqualTo("order-17");
        assertThat(content.entry()).isInstanceOf(Entry.BatchInput.class);
    }

    @Test
    void givesABatchTheIdOfTheHeader() {
        headers.add("tributary-id", "order-18".getBytes(UTF_8));

        assertThat(content(BATCH.replace("\"id\": \"order-17\",", "")).id()).isEqualTo("order-18");
    }

    @Test
    void refusesABatchWithTwoIds() {
        headers.add("tributary-id", "order-18".getBytes(UTF_8));

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> content(BATCH));
    }

    @Test
    void tellsWhichWriteOfABatchIsNone() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> content(BATCH.replace("increment", "incremnt")))
                .satisfies(refused -> assertThat(refused.problem().index()).isZero());
    }

    private UpdateRecord.Content content(String value) {
        return record(KEY, value).content(Limits.DEFAULT, name -> 3);
    }

    private Entry.Submission submission() {
        return ((Entry.Input)
                        record(KEY, WRITE).content(Limits.DEFAULT, name -> 3).entry())
                .submission();
    }

    private Rejection rejection(String key, String value) {
        Entry.Passed passed = (Entry.Passed) record(key, value).rejected(PROBLEM);
        return (Rejection) Optional.ofNullable(passed.publication()).orElseThrow();
    }

    private UpdateRecord record(String key, String value) {
        byte[] keyBytes = key.getBytes(UTF_8);
        byte[] valueBytes = value.getBytes(UTF_8);
        return new UpdateRecord(
                new ConsumerRecord<>(
                        "updates",
                        3,
                        42,
                        0,
                        TimestampType.CREATE_TIME,
                        keyBytes.length,
                        valueBytes.length,
                        keyBytes,
                        valueBytes,
                        headers,
                        Optional.empty()),
                LARGEST_COPY,
                new ReplyTopics("tributary.replies.*", "tributary.replies"));
    }
}
