package io.tributary.service.changelog;

import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/**
 * The broker takes others' records and not this one: until somebody changes the topic, sending it again is of no use.
 */
final class RefusedRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusedRecordException(Throwable cause) {
        super(cause.getMessage(), cause);
    }

    /** Whether a failure to send says something of the record or its topic, and nothing of broker and producer. */
    static boolean concerns(Throwable failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof RecordBatchTooLargeException
                || failure instanceof InvalidRecordException
                || failure instanceof InvalidTimestampException
                || failure instanceof InvalidTopicException
                || failure instanceof PolicyViolationException
                || failure instanceof TopicAuthorizationException;
    }
}
