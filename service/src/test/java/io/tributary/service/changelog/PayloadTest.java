package io.tributary.service.changelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tributary.change.Change;
import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.name.DocumentName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PayloadTest {

    private static final Instant TIME = Instant.parse("2026-11-21T08:00:00.000001Z");

    @Test
    void isEmptyWithoutPublications() {
        assertThat(Payload.write(List.of())).isEmpty();
    }

    @Test
    void bringsChangesBackInTheirOrder() {
        List<Publication> changes =
                List.of(change("products/p42", 7, "00-ab-cd-01"), change("shop/products/größe", 8, null));

        assertThat(Payload.read(Payload.write(changes)))
                .usingRecursiveComparison()
                .isEqualTo(changes);
    }

    @Test
    void bringsARejectionBackWithItsProblem() {
        List<Publication> rejection = List.of(new Publication.Rejection(
                null,
                bytes("garbage"),
                List.of(new Publication.Header("origin", bytes("shop")), new Publication.Header("origin", null)),
                Problem.of(ProblemType.MALFORMED, "no JSON").withPointer("/increment"),
                new Publication.Source("tributary.updates", 3, 1_042)));

        assertThat(Payload.read(Payload.write(rejection)))
                .usingRecursiveComparison()
                .isEqualTo(rejection);
    }

    @Test
    void bringsAReplyBackWithItsAddress() {
        List<Publication> reply = List.of(new Publication.Reply(
                new Publication.Address("tributary.replies.shop", 3, "7"),
                bytes("products/p42"),
                null,
                new Publication.Reply.Content(201, bytes("{}"), true),
                new Publication.Source("tributary.updates", 3, 1_042)));

        assertThat(Payload.read(Payload.write(reply)))
                .usingRecursiveComparison()
                .isEqualTo(reply);
    }

    @Test
    void keepsManyChangesInLessSpace() {
        List<Publication> changes = LongStream.rangeClosed(1, 100)
                .<Publication>mapToObj(number -> change("products/p" + number, number, null))
                .toList();
        int plain = changes.stream().mapToInt(Publication::bytes).sum();

        byte[] payload = Payload.write(changes);

        assertThat(payload).hasSizeLessThan(plain / 2);
        assertThat(Payload.read(payload)).usingRecursiveComparison().isEqualTo(changes);
    }

    @Test
    void refusesWhatIsDamaged() {
        List<Publication> changes = LongStream.rangeClosed(1, 100)
                .<Publication>mapToObj(number -> change("products/p" + number, number, null))
                .toList();
        byte[] payload = Payload.write(changes);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Payload.read(Arrays.copyOf(payload, payload.length / 2)))
                .withMessageContaining("damaged");
    }

    @Test
    void refusesAFormOfALaterVersion() {
        assertThatIllegalArgumentException().isThrownBy(() -> Payload.read(new byte[] {99}));
    }

    private static Publication.ChangeRecord change(String key, long sequence, String traceparent) {
        return new Publication.ChangeRecord(
                DocumentName.ofKey(key), 3, Change.Kind.UPDATE, TIME, sequence, traceparent, bytes("{}"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
