package io.tributary.client.http;

/** There was a reply, but not what was asked for. */
public final class UnsuccessfulReply extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Reply reply;

    public UnsuccessfulReply(Reply reply) {
        super("status " + reply.status(), null, false, false);
        this.reply = reply;
    }

    public Reply reply() {
        return reply;
    }
}
