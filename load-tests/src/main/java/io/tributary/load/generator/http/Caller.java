package io.tributary.load.generator.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * One connection, with one request under way at a time at most.
 *
 * <p>Confined to its connection's event loop.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // A connection that fails becomes inactive; nobody needs to hear it twice.
final class Caller extends SimpleChannelInboundHandler<HttpObject> {

    private final Channel channel;
    private final Dispatcher dispatcher;
    private final Tally tally;
    private boolean waiting;
    private long dueAt;
    private int status;

    Caller(Channel channel, Dispatcher dispatcher, Tally tally) {
        this.channel = channel;
        this.dispatcher = dispatcher;
        this.tally = tally;
    }

    /** @param whenDue when the request should be sent, by {@link System#nanoTime}: now, or earlier */
    void send(byte[] request, long whenDue) {
        waiting = true;
        dueAt = whenDue;
        channel.writeAndFlush(Unpooled.wrappedBuffer(request), channel.voidPromise());
    }

    boolean isConnected() {
        return channel.isActive();
    }

    void hangUp() {
        channel.close();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            context.close();
            return;
        }
        if (part instanceof HttpResponse response) {
            status = response.status().code();
        }
        if (part instanceof LastHttpContent) {
            waiting = false;
            tally.answered(status, dueAt);
            dispatcher.free(this);
        }
    }

    /** Waits no longer for the answer to a request, if one is under way. */
    void giveUp() {
        if (waiting) {
            waiting = false;
            tally.unanswered();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        giveUp();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        context.close();
    }
}
