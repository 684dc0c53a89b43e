package io.tributary.service.intake;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.json.BatchJson;
import io.tributary.json.Limits;
import io.tributary.json.WriteJson;
import io.tributary.kafka.reply.ReplyHeaders;
import io.tributary.name.DocumentName;
import io.tributary.service.changelog.Publication;
import io.tributary.service.lane.BatchCall;
import io.tributary.service.lane.Entry;
import io.tributary.write.Batch;
import io.tributary.write.Write;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record of the updates topic.
 *
 * @param record as Kafka has it: compressed on its way, it may be many times larger than any record that is sent here
 * @param largestCopy the most bytes of key, value and headers of its own that a record of the rejections topic has room for
 * @param replyTopics the topics that outcomes may be sent to
 */
record UpdateRecord(ConsumerRecord<byte[], byte[]> record, int largestCopy, ReplyTopics replyTopics) {

    /** The same as a write's {@code id}. */
    private static final String ID = "tributary-id";

    private static final String ACTOR = "tributary-actor";
    private static final int LONGEST_ACTOR = 255;
    private static final Pattern PARTITION = Pattern.compile("[0-9]{1,6}");
    private static final String WAKE_UP = "tributary-wake-up";

    /**
     * What a record asks for.
     *
     * @param home the document whose lane it belongs to
     * @param id null when it has none
     * @param entry of that lane
     */
    record Content(DocumentName home, @Nullable String id, Entry entry) {}

    /**
     * The write or batch that it is.
     *
     * @param laneOf the lane of any document
     * @throws ProblemException when it is neither
     */
    Content content(Limits limits, ToIntFunction<DocumentName> laneOf) {
        byte[] value = record.value();
        if (value == null) {
            throw malformed("a record of the updates topic has a value; to delete a document, send {\"delete\": true}");
        }
        Batch batch = BatchJson.readRecord(value, key(), limits);
        if (batch != null) {
            return content(batch.withId(id(batch.id())), value.length, laneOf);
        }
        Write write = WriteJson.readRecord(value, key(), limits);
        return content(write.withId(id(write.id())), value.length);
    }

    private Content content(Write write, int length) {
        var submission = new Entry.Submission(write, length, actor(), traceparent());
        return new Content(write.document(), write.id(), new Entry.Input(submission, original()));
    }

    private Content content(Batch batch, int length, ToIntFunction<DocumentName> laneOf) {
        BatchCall call = BatchCall.of(batch, length, laneOf, actor(), traceparent(), original());
        return new Content(BatchCall.home(batch), batch.id(), new Entry.BatchInput(call));
    }

    private Entry.Original original() {
        return new Entry.Original(repeatedKey(), repeatedValue(), repeatedHeaders(), source(), replyTo());
    }

    private Publication.@Nullable Address replyTo() {
        String topic = header(ReplyHeaders.REPLY_TO);
        if (topic == null) {
            return null;
        }
        if (!replyTopics.admits(topic)) {
            throw new ProblemException(
                    Problem.of(ProblemType.FORBIDDEN, "replies go only to topics like " + replyTopics.pattern()));
        }
        Header correlationId = record.headers().lastHeader(ReplyHeaders.CORRELATION_ID);
        if (correlationId != null && size(correlationId.value()) > ReplyHeaders.LONGEST_CORRELATION_ID) {
            throw malformed("the header " + ReplyHeaders.CORRELATION_ID + " is longer than "
                    + ReplyHeaders.LONGEST_CORRELATION_ID + " bytes");
        }
        return new Publication.Address(topic, replyPartition(), header(ReplyHeaders.CORRELATION_ID));
    }

    private @Nullable Integer replyPartition() {
        String partition = header(ReplyHeaders.PARTITION);
        if (partition != null && !PARTITION.matcher(partition).matches()) {
            throw malformed("the header " + ReplyHeaders.PARTITION + " is no number of a partition");
        }
        return partition == null ? null : Integer.valueOf(partition);
    }

    /** A record that is no write, as an entry of the lane whose partition it lies in. */
    Entry rejected(Problem problem) {
        return new Entry.Passed(
                record.offset(),
                new Publication.Rejection(repeatedKey(), repeatedValue(), repeatedHeaders(), problem, source()));
    }

    /** A record that was handed on, as an entry of the lane whose partition it lies in. */
    Entry passed() {
        return new Entry.Passed(record.offset(), null);
    }

    /**
     * The copy for the right partition. What comes without an id gets one from where it lay, so that a copy of the copy, made
     * after a crash, is recognised. Headers that mean nothing here stay behind: they could be of any size.
     */
    ProducerRecord<byte[], byte[]> copyFor(int lane, Content content) {
        var headers = new RecordHeaders();
        add(headers, ID, content.id() == null ? "r/" + source() : content.id());
        add(headers, ACTOR, actor());
        add(headers, TraceContext.HEADER, traceparent());
        for (String name : List.of(ReplyHeaders.REPLY_TO, ReplyHeaders.PARTITION, ReplyHeaders.CORRELATION_ID)) {
            add(headers, name, header(name));
        }
        byte[] key = content.home().key().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(record.topic(), lane, null, key, record.value(), headers);
    }

    /**
     * What a write is as a record.
     *
     * @param replyTo where its outcome goes to, null for nowhere
     */
    static ProducerRecord<byte[], byte[]> of(
            String topic,
            int lane,
            Write write,
            @Nullable String actor,
            @Nullable String traceparent,
            Publication.@Nullable Address replyTo) {
        return of(topic, lane, write.document(), WriteJson.write(write), headers(actor, traceparent, replyTo));
    }

    /**
     * What a batch is as a record.
     *
     * @param lane of its {@linkplain BatchCall#home home}
     * @param replyTo where its outcome goes to, null for nowhere
     */
    static ProducerRecord<byte[], byte[]> of(
            String topic,
            int lane,
            Batch batch,
            @Nullable String actor,
            @Nullable String traceparent,
            Publication.@Nullable Address replyTo) {
        return of(topic, lane, BatchCall.home(batch), BatchJson.write(batch), headers(actor, traceparent, replyTo));
    }

    private static ProducerRecord<byte[], byte[]> of(
            String topic, int lane, DocumentName home, byte[] json, Headers headers) {
        return new ProducerRecord<>(topic, lane, null, home.key().getBytes(StandardCharsets.UTF_8), json, headers);
    }

    private static Headers headers(
            @Nullable String actor, @Nullable String traceparent, Publication.@Nullable Address replyTo) {
        var headers = new RecordHeaders();
        add(headers, ACTOR, actor);
        add(headers, TraceContext.HEADER, traceparent);
        if (replyTo != null) {
            add(headers, ReplyHeaders.REPLY_TO, replyTo.topic());
            add(headers, ReplyHeaders.PARTITION, Objects.toString(replyTo.partition(), null));
            add(headers, ReplyHeaders.CORRELATION_ID, replyTo.correlationId());
        }
        return headers;
    }

    /** A record that is no write, and makes the owner of a lane look at it. */
    static ProducerRecord<byte[], byte[]> wakeUp(String topic, int lane) {
        var headers = new RecordHeaders();
        headers.add(WAKE_UP, null);
        return new ProducerRecord<>(topic, lane, null, null, null, headers);
    }

    boolean isWakeUp() {
        return record.value() == null && record.headers().lastHeader(WAKE_UP) != null;
    }

    private static void add(Headers headers, String name, @Nullable String value) {
        if (value != null) {
            headers.add(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    private Publication.Source source() {
        return new Publication.Source(record.topic(), record.partition(), record.offset());
    }

    private byte @Nullable [] repeatedKey() {
        return size(record.key()) <= largestCopy ? record.key() : null;
    }

    private byte @Nullable [] repeatedValue() {
        return (long) size(record.key()) + size(record.value()) <= largestCopy ? record.value() : null;
    }

    /** Those that there is room for beside key and value. */
    private List<Publication.Header> repeatedHeaders() {
        List<Publication.Header> repeated = new ArrayList<>();
        long room = (long) largestCopy - size(repeatedKey()) - size(repeatedValue());
        for (Header each : record.headers()) {
            Publication.Header header = new Publication.Header(each.key(), each.value());
            if (header.bytes() <= room) {
                room -= header.bytes();
                repeated.add(header);
            }
        }
        return repeated;
    }

    private static int size(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    /** The id of a write or batch, in which {@code member} is the {@code id}. */
    private @Nullable String id(@Nullable String member) {
        String id = header(ID);
        if (id == null || id.equals(member)) {
            return member;
        }
        if (!Write.isId(id)) {
            throw malformed("the header " + ID + " is not 1 to 255 visible ASCII characters");
        }
        if (member != null) {
            throw malformed("the header " + ID + " and the member \"id\" differ");
        }
        return id;
    }

    private @Nullable String actor() {
        Header header = record.headers().lastHeader(ACTOR);
        if (header != null && size(header.value()) > LONGEST_ACTOR) {
            throw malformed("the header " + ACTOR + " is longer than " + LONGEST_ACTOR + " bytes");
        }
        return header(ACTOR);
    }

    /** As in HTTP, a trace context that is none is ignored. */
    private @Nullable String traceparent() {
        Header header = record.headers().lastHeader(TraceContext.HEADER);
        return header == null || header.value() == null
                ? null
                : TraceContext.of(new String(header.value(), StandardCharsets.US_ASCII));
    }

    private @Nullable String key() {
        return record.key() == null ? null : utf8(record.key(), "the record's key");
    }

    private @Nullable String header(String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : utf8(header.value(), "the header " + name);
    }

    private static String utf8(byte[] bytes, String what) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed(what + " is not UTF-8");
        }
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(Problem.of(ProblemType.MALFORMED, detail));
    }
}
