package io.tributary.kafka.topics;

/** A topic that is there cannot serve. The message is for the operator: topic, fault, and the command that mends it. */
public final class UnsuitableTopicException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnsuitableTopicException(String topic, String fault, String remedy) {
        super("Topic " + topic + " " + fault + ". " + remedy);
    }
}
