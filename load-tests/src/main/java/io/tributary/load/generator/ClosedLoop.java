package io.tributary.load.generator;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

/**
 * A fixed number of HTTP/1.1 keep-alive connections, each with one request under way at any time.
 *
 * <p>It shares the machine with the servers that it drives, hence the least that can do it: one thread, requests that are
 * bytes already, answers of which only the status is looked at.
 */
public final class ClosedLoop implements AutoCloseable {

    /** Beyond the end of a run: enough for a server that answers what it has queued. */
    private static final Duration FOR_THE_LAST_ANSWERS = Duration.ofSeconds(30);

    private final LoopResources resources;
    private final EventLoopGroup loop;
    private final Bootstrap bootstrap;
    private final int connections;

    public ClosedLoop(int connections) {
        this.connections = connections;
        this.resources = LoopResources.create("callers", 1, true);
        this.loop = resources.onClient(true);
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(() -> resources.onChannel(SocketChannel.class, loop))
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpResponseDecoder(new HttpDecoderConfig().setValidateHeaders(false)));
                    }
                });
    }

    /**
     * Drives a server for a while, and waits for the last answers. Blocks.
     *
     * @throws IllegalStateException when the server takes no connection
     */
    public Load drive(InetSocketAddress server, Script script, RandomGenerator random, Duration length) {
        List<Channel> channels = connect(server);
        Tally tally = loop.submit(Tally::new).syncUninterruptibly().getNow();
        Supplier<byte @Nullable []> requests = until(System.nanoTime() + length.toNanos(), script, random);
        List<Caller> callers = channels.stream()
                .map(channel -> calling(channel, new Caller(requests, tally)))
                .toList();
        waitFor(channels, length.plus(FOR_THE_LAST_ANSWERS));
        return loop.submit(() -> {
                    callers.forEach(Caller::giveUp);
                    return tally.result();
                })
                .syncUninterruptibly()
                .getNow();
    }

    private static Caller calling(Channel channel, Caller caller) {
        channel.pipeline().addLast(caller);
        channel.eventLoop().execute(() -> caller.call(channel));
        return caller;
    }

    private List<Channel> connect(InetSocketAddress server) {
        List<ChannelFuture> attempts = IntStream.range(0, connections)
                .mapToObj(each -> bootstrap.connect(server))
                .toList();
        return attempts.stream().map(attempt -> connected(server, attempt)).toList();
    }

    private static Channel connected(InetSocketAddress server, ChannelFuture attempt) {
        if (attempt.awaitUninterruptibly().isSuccess()) {
            return attempt.channel();
        }
        throw new IllegalStateException("No connection to " + server, attempt.cause());
    }

    /** The requests of a script, and null from a moment on. */
    private static Supplier<byte @Nullable []> until(long end, Script script, RandomGenerator random) {
        return () -> System.nanoTime() - end < 0 ? script.next(random) : null;
    }

    /** Callers hang up by themselves; those that still wait for an answer in the end are cut off. */
    private static void waitFor(List<Channel> channels, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        for (Channel channel : channels) {
            channel.closeFuture().awaitUninterruptibly(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            channel.close().awaitUninterruptibly();
        }
    }

    @Override
    public void close() {
        resources.disposeLater(Duration.ZERO, Duration.ofSeconds(5)).block();
    }
}
