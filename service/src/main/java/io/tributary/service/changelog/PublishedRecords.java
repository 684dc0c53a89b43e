package io.tributary.service.changelog;

import io.tributary.change.Change;
import io.tributary.change.Problem;
import io.tributary.kafka.changelog.ChangelogHeaders;
import io.tributary.kafka.publish.RejectionHeaders;
import io.tributary.kafka.reply.ReplyHeaders;
import io.tributary.kafka.topics.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka records that publications become. Changes carry the binary headers of CloudEvents 1.0 (its Kafka protocol
 * binding, section 3.2).
 */
final class PublishedRecords {

    private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final String ID = "tributary-id";

    private final TopicNames topics;
    private final @Nullable String source;

    /** @param source the CloudEvents {@code source}; null for {@code /tributary/<database>} */
    PublishedRecords(TopicNames topics, @Nullable String source) {
        this.topics = topics;
        this.source = source;
    }

    List<ProducerRecord<byte[], byte[]>> changes(int lane, List<Publication> publications) {
        return publications.stream()
                .filter(Publication.ChangeRecord.class::isInstance)
                .flatMap(change -> of(lane, (Publication.ChangeRecord) change))
                .toList();
    }

    List<ProducerRecord<byte[], byte[]>> rejections(List<Publication> publications) {
        return publications.stream()
                .filter(Publication.Rejection.class::isInstance)
                .map(rejection -> of((Publication.Rejection) rejection))
                .toList();
    }

    private Stream<ProducerRecord<byte[], byte[]>> of(int lane, Publication.ChangeRecord change) {
        byte[] key = bytes(change.document().key());
        var record = new ProducerRecord<>(topics.changes(), lane, null, key, change.json(), cloudEvent(lane, change));
        if (change.kind() != Change.Kind.DELETE) {
            return Stream.of(record);
        }
        return Stream.of(
                record,
                new ProducerRecord<byte[], byte[]>(
                        topics.changes(), lane, null, key, null, numbered(lane, change.lastSequence())));
    }

    private static Headers numbered(int lane, long sequence) {
        Headers headers = new RecordHeaders();
        add(headers, ChangelogHeaders.LANE, Integer.toString(lane));
        add(headers, ChangelogHeaders.SEQUENCE, Long.toString(sequence));
        return headers;
    }

    private Headers cloudEvent(int lane, Publication.ChangeRecord change) {
        String database = change.document().database();
        String path = change.document().path();
        Headers headers = numbered(lane, change.sequence());
        add(headers, ChangelogHeaders.CONTENT_TYPE, "application/json");
        add(headers, ChangelogHeaders.CE_SPECVERSION, "1.0");
        add(headers, ChangelogHeaders.CE_ID, database + "/" + path + "@" + change.version());
        add(headers, ChangelogHeaders.CE_SOURCE, source == null ? "/tributary/" + database : source);
        add(
                headers,
                ChangelogHeaders.CE_TYPE,
                "io.tributary.document." + change.kind().wireName() + "d");
        add(headers, ChangelogHeaders.CE_SUBJECT, path);
        add(headers, ChangelogHeaders.CE_TIME, format(change.time()));
        add(headers, ChangelogHeaders.CE_SEQUENCE, twentyDigits(change.sequence()));
        add(headers, ChangelogHeaders.CE_PARTITIONKEY, change.document().key());
        if (change.traceparent() != null) {
            add(headers, ChangelogHeaders.TRACEPARENT, change.traceparent());
        }
        return headers;
    }

    /** Into the write; where its document would violate a schema, into the document. */
    private static @Nullable String pointer(Problem problem) {
        return problem.pointer() == null && !problem.violations().isEmpty()
                ? problem.violations().getFirst().pointer()
                : problem.pointer();
    }

    private ProducerRecord<byte[], byte[]> of(Publication.Rejection rejection) {
        Problem problem = rejection.problem();
        Headers headers = new RecordHeaders();
        rejection.headers().stream()
                .filter(header -> !RejectionHeaders.ALL.contains(header.name()))
                .forEach(header -> headers.add(header.name(), header.value()));
        add(headers, RejectionHeaders.PROBLEM, problem.type().slug());
        add(headers, RejectionHeaders.STATUS, Integer.toString(problem.type().status()));
        add(headers, RejectionHeaders.DETAIL, problem.detail());
        String pointer = pointer(problem);
        if (pointer != null) {
            add(headers, RejectionHeaders.POINTER, pointer);
        }
        if (problem.index() != null) {
            add(headers, RejectionHeaders.INDEX, Integer.toString(problem.index()));
        }
        add(headers, RejectionHeaders.SOURCE, rejection.source().toString());
        int partition = rejection.source().partition();
        return new ProducerRecord<>(topics.rejections(), partition, null, rejection.key(), rejection.value(), headers);
    }

    static ProducerRecord<byte[], byte[]> of(Publication.Reply reply) {
        Publication.Reply.Content content = reply.content();
        Publication.Address to = reply.to();
        Headers headers = new RecordHeaders();
        boolean refused = content.status() >= 400;
        add(headers, ChangelogHeaders.CONTENT_TYPE, refused ? "application/problem+json" : "application/json");
        add(headers, ReplyHeaders.STATUS, Integer.toString(content.status()));
        add(headers, RejectionHeaders.SOURCE, reply.source().toString());
        if (reply.id() != null) {
            add(headers, ID, reply.id());
        }
        if (to.correlationId() != null) {
            add(headers, ReplyHeaders.CORRELATION_ID, to.correlationId());
        }
        if (content.replayed()) {
            add(headers, ReplyHeaders.REPLAYED, "true");
        }
        return new ProducerRecord<>(to.topic(), to.partition(), null, reply.key(), content.body(), headers);
    }

    private static String twentyDigits(long sequence) {
        String digits = Long.toString(sequence);
        return "0".repeat(20 - digits.length()) + digits;
    }

    private static String format(Instant time) {
        return MICROSECONDS.format(time);
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
