package io.tributary.kafka.changelog;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Names of the headers of a record on the changelog, tombstones included. All values are UTF-8 text, numbers in decimal
 * digits. Those that begin with {@code ce_} follow the Kafka binding of CloudEvents 1.0, binary mode.
 */
public final class ChangelogHeaders {

    /** The lane whose record it is: the number of its partition. */
    public static final String LANE = "tributary-lane";

    /** The record's number in its lane: 1, 2, 3 and so on. What has the same is the same record again. */
    public static final String SEQUENCE = "tributary-sequence";

    /** The media type of the value. */
    public static final String CONTENT_TYPE = "content-type";

    /** {@code 1.0}. */
    public static final String CE_SPECVERSION = "ce_specversion";

    /** {@code <database>/<document>@<version>}. */
    public static final String CE_ID = "ce_id";

    /** The service. */
    public static final String CE_SOURCE = "ce_source";

    /** {@code io.tributary.document.created}, {@code updated} or {@code deleted}. */
    public static final String CE_TYPE = "ce_type";

    /** The document. */
    public static final String CE_SUBJECT = "ce_subject";

    /** When the version was committed, RFC 3339. */
    public static final String CE_TIME = "ce_time";

    /** The sequence in 20 digits, so that text order is its order. */
    public static final String CE_SEQUENCE = "ce_sequence";

    /** The record's key. */
    public static final String CE_PARTITIONKEY = "ce_partitionkey";

    /** The trace of the request, as in W3C Trace Context, when it had one. */
    public static final String TRACEPARENT = "traceparent";

    private ChangelogHeaders() {}

    /** The sequence of a record; empty when it is none of its lane's, but somebody else's. */
    static OptionalLong sequence(ConsumerRecord<?, ?> record) {
        OptionalLong lane = number(record.headers(), LANE);
        return lane.isPresent() && lane.getAsLong() == record.partition()
                ? number(record.headers(), SEQUENCE)
                : OptionalLong.empty();
    }

    private static OptionalLong number(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        if (header == null || header.value() == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(new String(header.value(), StandardCharsets.UTF_8)));
        } catch (NumberFormatException notOurs) {
            return OptionalLong.empty();
        }
    }
}
