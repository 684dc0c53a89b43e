package io.tributary.load.generator;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a closed loop: the next request goes out when the last one is answered.
 *
 * <p>Confined to its connection's event loop.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // A connection that fails becomes inactive; nobody needs to hear it twice.
final class Caller extends SimpleChannelInboundHandler<HttpObject> {

    private final Supplier<byte @Nullable []> requests;
    private final Tally tally;
    private boolean waiting;
    private long sentAt;
    private int status;

    /** @param requests gives null when the run is over */
    Caller(Supplier<byte @Nullable []> requests, Tally tally) {
        this.requests = requests;
        this.tally = tally;
    }

    /** Sends the next request, or hangs up when there is none. */
    void call(Channel channel) {
        byte[] request = requests.get();
        if (request == null) {
            channel.close();
            return;
        }
        waiting = true;
        sentAt = System.nanoTime();
        channel.writeAndFlush(Unpooled.wrappedBuffer(request), channel.voidPromise());
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
            tally.answered(status, sentAt);
            call(context.channel());
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
