package io.tributary.kafka.topics;

/** A topic that is there cannot serve. The message is for the operator: topic, fault, and the command that mends it. */
public final class UnsuitableTopicException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String fault;
    private final String remedy;

    UnsuitableTopicException(String topic, String fault, String remedy) {
        super("Topic " + topic + " " + fault + ". " + remedy);
        this.fault = "Topic " + topic + " " + fault;
        this.remedy = remedy;
    }

    /** The topic and what is wrong with it, without a full stop. */
    public String fault() {
        return fault;
    }

    /** What mends it: a command, where there is one. */
    public String remedy() {
        return remedy;
    }
}
