package io.tributary.service.intake;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.json.Limits;
import io.tributary.json.WriteJson;
import io.tributary.service.changelog.Publication;
import io.tributary.service.lane.Entry;
import io.tributary.write.Write;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record of the updates topic.
 *
 * @param record as Kafka has it
 */
record UpdateRecord(ConsumerRecord<byte[], byte[]> record) {

    /** The same as a write's {@code id}. */
    private static final String ID = "tributary-id";

    private static final String ACTOR = "tributary-actor";
    private static final String TRACE = "traceparent";

    /**
     * The write that it is.
     *
     * @throws ProblemException when it is none
     */
    Entry.Submission submission(Limits limits) {
        byte[] value = record.value();
        if (value == null) {
            throw malformed("a record of the updates topic has a value; to delete a document, send {\"delete\": true}");
        }
        Write write = WriteJson.readRecord(value, key(), limits);
        return new Entry.Submission(identified(write), header(ACTOR), header(TRACE));
    }

    /** What lies in the partition of the write's document, as an entry of its lane. */
    Entry input(Entry.Submission submission) {
        return new Entry.Input(submission, new Entry.Original(record.key(), record.value(), source()));
    }

    /** A record that is no write, as an entry of the lane whose partition it lies in. */
    Entry rejected(Problem problem) {
        return new Entry.Passed(
                record.offset(), new Publication.Rejection(record.key(), record.value(), problem, source()));
    }

    /** A record that was handed on, as an entry of the lane whose partition it lies in. */
    Entry passed() {
        return new Entry.Passed(record.offset(), null);
    }

    /**
     * The copy for the right partition. A write without an id gets one from where it lay, so that a copy of the copy, made
     * after a crash, is recognised.
     */
    ProducerRecord<byte[], byte[]> copyFor(int lane, Write write) {
        var headers = new RecordHeaders(record.headers().toArray());
        if (write.id() == null) {
            headers.add(ID, ("r/" + source()).getBytes(StandardCharsets.UTF_8));
        }
        byte[] key = write.document().key().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(record.topic(), lane, null, key, record.value(), headers);
    }

    private Publication.Source source() {
        return new Publication.Source(record.topic(), record.partition(), record.offset());
    }

    private Write identified(Write write) {
        String id = header(ID);
        if (id == null || id.equals(write.id())) {
            return write;
        }
        if (write.id() != null) {
            throw malformed("the header " + ID + " and the member \"id\" differ");
        }
        return write.withId(id);
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
