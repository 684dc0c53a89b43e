package io.tributary.service.trigger;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.DefaultNameResolver;
import io.netty.resolver.InetNameResolver;
import io.netty.resolver.InetSocketAddressResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Resolves the names of webhooks' servers to addresses of the public Internet and to no others, so that nobody reaches
 * through a webhook what only the service can reach. It is asked for each connection, and what it gives is what is connected
 * to: a name cannot mean something else a moment later.
 */
final class PublicAddresses extends AddressResolverGroup<InetSocketAddress> {

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new InetSocketAddressResolver(executor, new PublicOnly(executor, new DefaultNameResolver(executor))) {
            // An address that stands in the URL is judged like one that was found.
            @Override
            protected boolean doIsResolved(InetSocketAddress address) {
                return super.doIsResolved(address) && isPublic(address.getAddress());
            }
        };
    }

    /** Whether everybody reaches this address, and so reaches nothing by it that the service alone could. */
    static boolean isPublic(InetAddress address) {
        return !(address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || (address instanceof Inet6Address
                        ? isSpecial6(address.getAddress())
                        : isSpecial4(address.getAddress())));
    }

    /** Of the IANA registry of special-purpose addresses (RFC 6890), what Java has no word for. */
    private static boolean isSpecial4(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        int third = bytes[2] & 0xff;
        return first == 0
                || (first == 100 && second >= 64 && second < 128)
                || (first == 192 && second == 0 && (third == 0 || third == 2))
                || (first == 198 && (second == 18 || second == 19 || (second == 51 && third == 100)))
                || (first == 203 && second == 0 && third == 113)
                || first >= 240;
    }

    /** Unique local addresses, and those that only carry one of version 4: translated, 6to4, Teredo. */
    private static boolean isSpecial6(byte[] bytes) {
        int first = ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
        int second = ((bytes[2] & 0xff) << 8) | (bytes[3] & 0xff);
        return (first & 0xfe00) == 0xfc00
                || first == 0x0064
                || first == 0x0100
                || first == 0x2002
                || (first == 0x2001 && (second == 0 || second == 0x0db8));
    }

    private static final class PublicOnly extends InetNameResolver {

        private final DefaultNameResolver names;

        PublicOnly(EventExecutor executor, DefaultNameResolver names) {
            super(executor);
            this.names = names;
        }

        @Override
        protected void doResolve(String name, Promise<InetAddress> promise) {
            Promise<List<InetAddress>> all = executor().newPromise();
            all.addListener(found -> {
                if (found.isSuccess()) {
                    promise.setSuccess(all.getNow().getFirst());
                } else {
                    promise.setFailure(found.cause());
                }
            });
            doResolveAll(name, all);
        }

        @Override
        protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
            Future<List<InetAddress>> all = names.resolveAll(name);
            all.addListener(found -> {
                List<InetAddress> open = found.isSuccess()
                        ? all.getNow().stream()
                                .filter(PublicAddresses::isPublic)
                                .toList()
                        : List.of();
                if (!open.isEmpty()) {
                    promise.setSuccess(open);
                } else {
                    promise.setFailure(found.isSuccess() ? refusal(name) : found.cause());
                }
            });
        }

        private static UnknownHostException refusal(String name) {
            return new UnknownHostException(
                    name + " has no public address; tributary.triggers.private-targets allows others");
        }
    }
}
