package io.tributary.load.generator.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.tributary.load.generator.Load;
import io.tributary.load.generator.LoadGenerator;
import io.tributary.load.generator.Pace;
import io.tributary.load.generator.Schedule;
import io.tributary.load.generator.Traffic;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import reactor.netty.resources.LoopResources;

/**
 * A fixed number of HTTP/1.1 keep-alive connections, each with one request under way at a time at most.
 *
 * <p>It shares the machine with the servers that it drives, hence the least that can do it: one thread, requests that are
 * bytes already, answers of which only the status is looked at.
 */
public final class HttpCallers implements AutoCloseable {

    /** Beyond the end of a run: enough for a server that answers what it has queued. */
    private static final Duration FOR_THE_LAST_ANSWERS = Duration.ofSeconds(30);

    private final LoopResources resources;
    private final EventLoopGroup loop;
    private final Bootstrap bootstrap;
    private final int connections;

    public HttpCallers(int connections) {
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

    /** Lets these callers drive a server. */
    public LoadGenerator towards(InetSocketAddress server, Requests requests) {
        return traffic -> drive(server, requests, traffic);
    }

    private Load drive(InetSocketAddress server, Requests requests, Traffic traffic) {
        List<Channel> channels = connect(server);
        Tally tally = tally(requests);
        Dispatcher dispatcher = dispatcher(requests.chosenBy(traffic.keys()), traffic);
        List<Caller> callers = channels.stream()
                .map(channel -> calling(channel, new Caller(channel, dispatcher, tally), dispatcher))
                .toList();
        waitFor(channels, traffic.length().plus(FOR_THE_LAST_ANSWERS));
        return loop.submit(() -> {
                    callers.forEach(Caller::giveUp);
                    tally.unsent(dispatcher.unsent());
                    return tally.result();
                })
                .syncUninterruptibly()
                .getNow();
    }

    /**
     * Lets one of these connections send a server requests that are so long as a run is, their lines as fast as they are
     * taken.
     */
    public LoadGenerator bulkTowards(InetSocketAddress server, String path, Requests lines) {
        return traffic -> bulk(server, path, lines, traffic);
    }

    private Load bulk(InetSocketAddress server, String path, Requests lines, Traffic traffic) {
        Channel channel = connected(server, bootstrap.connect(server));
        Tally tally = tally(lines);
        BulkCaller caller = new BulkCaller(
                channel,
                lines.chosenBy(traffic.keys()),
                System.nanoTime() + traffic.length().toNanos(),
                tally);
        channel.pipeline().addLast(caller);
        channel.eventLoop().execute(() -> caller.begin(path));
        waitFor(List.of(channel), traffic.length().plus(FOR_THE_LAST_ANSWERS));
        return loop.submit(() -> {
                    caller.giveUp();
                    return tally.result();
                })
                .syncUninterruptibly()
                .getNow();
    }

    /** Made by the thread that counts, whose CPU time it measures from then on. */
    private Tally tally(Requests requests) {
        return loop.submit(() -> new Tally(requests.writesEach()))
                .syncUninterruptibly()
                .getNow();
    }

    private Dispatcher dispatcher(Supplier<byte[]> requests, Traffic traffic) {
        long now = System.nanoTime();
        return switch (traffic.pace()) {
            case Pace.AsAnswered closed ->
                new ClosedLoop(requests, now + traffic.length().toNanos());
            case Pace.AtRate(int writesPerSecond) ->
                new OpenLoop(requests, new Schedule(now, writesPerSecond, traffic.length()), loop.next());
        };
    }

    private static Caller calling(Channel channel, Caller caller, Dispatcher dispatcher) {
        channel.pipeline().addLast(caller);
        channel.eventLoop().execute(() -> dispatcher.free(caller));
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
