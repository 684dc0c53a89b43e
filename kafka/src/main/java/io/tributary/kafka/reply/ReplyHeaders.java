package io.tributary.kafka.reply;

/** Names of the headers by which a record of the updates topic asks for a reply, and of those of the reply. All are UTF-8 text. */
public final class ReplyHeaders {

    /** Asks for a reply: the topic that it goes to. */
    public static final String REPLY_TO = "tributary-reply-to";

    /** The partition of that topic, in digits; without it the record's key decides. */
    public static final String PARTITION = "tributary-reply-partition";

    /** Anything of at most {@value #LONGEST_CORRELATION_ID} bytes; the reply has the same. */
    public static final String CORRELATION_ID = "tributary-correlation-id";

    /** Of a reply: the status that HTTP would have answered, in digits; from 400 on its value is a problem. */
    public static final String STATUS = "tributary-status";

    /** Of a reply: {@code true} when the outcome is that of an earlier write with the same id. */
    public static final String REPLAYED = "tributary-replayed";

    /** How many bytes a {@link #CORRELATION_ID} has at most. */
    public static final int LONGEST_CORRELATION_ID = 255;

    private ReplyHeaders() {}
}
