package io.tributary.load.generator.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * One connection with one bulk: sends lines for as long as the run is, whenever the connection takes more, and counts the
 * lines that come back by their status.
 *
 * <p>Confined to its connection's event loop.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // A connection that fails becomes inactive; nobody needs to hear it twice.
final class BulkCaller extends SimpleChannelInboundHandler<HttpObject> {

    private static final int LINES_IN_A_CHUNK = 200;
    private static final byte[] STATUS = "\"status\":".getBytes(StandardCharsets.US_ASCII);

    private final Channel channel;
    private final Supplier<byte[]> lines;
    private final long end;
    private final Tally tally;
    private long unanswered;
    private boolean ended;

    /** How much of {@link #STATUS} the line has shown so far; beyond it, how many digits. */
    private int seen;

    private int status;

    /** @param end when the last line is sent, by {@link System#nanoTime} */
    BulkCaller(Channel channel, Supplier<byte[]> lines, long end, Tally tally) {
        this.channel = channel;
        this.lines = lines;
        this.end = end;
        this.tally = tally;
    }

    void begin(String path) {
        send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n");
        sendLines();
    }

    private void sendLines() {
        while (!ended && channel.isActive() && channel.isWritable()) {
            if (System.nanoTime() - end < 0) {
                sendChunk();
            } else {
                ended = true;
                send("0\r\n\r\n");
            }
        }
    }

    private void sendChunk() {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        for (int line = 0; line < LINES_IN_A_CHUNK; line++) {
            chunk.writeBytes(lines.get());
        }
        unanswered += LINES_IN_A_CHUNK;
        String size = Integer.toHexString(chunk.size()) + "\r\n";
        channel.writeAndFlush(
                Unpooled.wrappedBuffer(
                        size.getBytes(StandardCharsets.US_ASCII), chunk.toByteArray(), new byte[] {'\r', '\n'}),
                channel.voidPromise());
    }

    private void send(String text) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII)), channel.voidPromise());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        sendLines();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            context.close();
            return;
        }
        if (part instanceof HttpContent content) {
            count(content.content());
        }
        if (part instanceof LastHttpContent) {
            context.close();
        }
    }

    private void count(ByteBuf answers) {
        while (answers.isReadable()) {
            byte next = answers.readByte();
            if (next == '\n') {
                tally.answered(status);
                unanswered--;
                seen = 0;
                status = 0;
            } else if (seen < STATUS.length) {
                seen = next == STATUS[seen] ? seen + 1 : next == STATUS[0] ? 1 : 0;
            } else if (seen < STATUS.length + 3) {
                seen++;
                status = 10 * status + next - '0';
            }
        }
    }

    /** Waits no longer for the answers that are still to come. */
    void giveUp() {
        tally.unanswered(unanswered);
        unanswered = 0;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        context.close();
    }
}
