package io.tributary.service.http.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.netty.Connection;
import reactor.util.context.ContextView;

/**
 * How much a connection takes. What is written to one whose peer does not read stays in memory; who can wait looks here
 * first.
 */
public final class Outflow {

    private final @Nullable Channel channel;

    private Outflow(@Nullable Channel channel) {
        this.channel = channel;
    }

    /** That of the connection that is served; where there is none, everything is taken. */
    public static Outflow of(ContextView context) {
        return new Outflow(context.<Connection>getOrEmpty(Connection.class)
                .map(Connection::channel)
                .orElse(null));
    }

    /** Whether little enough is under way. */
    public boolean hasRoom() {
        return channel == null || channel.isWritable();
    }

    /** Runs something whenever there is room again, on the connection's thread, until it is disposed of. */
    public Disposable whenThereIsRoom(Runnable told) {
        if (channel == null) {
            return Disposables.disposed();
        }
        Room room = new Room(told);
        channel.pipeline().addFirst(room);
        return () -> {
            if (!room.isRemoved) {
                room.isRemoved = true;
                channel.eventLoop().execute(() -> remove(channel, room));
            }
        };
    }

    private static void remove(Channel from, Room room) {
        if (from.pipeline().context(room) != null) {
            from.pipeline().remove(room);
        }
    }

    /** Breaks the connection, with all that it has not taken. */
    @SuppressWarnings("FutureReturnValueIgnored") // who reads or writes finds it closed
    public void close() {
        if (channel != null) {
            channel.close();
        }
    }

    private static final class Room extends ChannelInboundHandlerAdapter {

        private final Runnable told;
        private volatile boolean isRemoved;

        Room(Runnable told) {
            this.told = told;
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (context.channel().isWritable()) {
                told.run();
            }
            context.fireChannelWritabilityChanged();
        }
    }
}
