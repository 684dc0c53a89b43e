package io.tributary.service.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.service.start.RefusedStartException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.util.unit.DataSize;

class HttpServerCustomizerTest {

    private static final InetAddress EVERYWHERE = InetAddress.ofLiteral("0.0.0.0");
    private static final HttpSettings HTTP = new HttpSettings(
            DataSize.ofKilobytes(16),
            DataSize.ofKilobytes(16),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            new HttpSettings.Cors(List.of()));

    private final NettyReactiveWebServerFactory factory = new NettyReactiveWebServerFactory(0);

    @Test
    void listensToItsOwnMachineOnly() {
        customize(null);

        assertThat(factory.getAddress()).isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
    }

    @Test
    void listensToAnotherLoopbackAddressWhenTold() {
        factory.setAddress(InetAddress.ofLiteral("::1"));

        customize(null);

        assertThat(factory.getAddress()).isEqualTo(InetAddress.ofLiteral("::1"));
    }

    @Test
    void doesNotOpenItselfToOthersByAnAddressAlone() {
        factory.setAddress(EVERYWHERE);

        assertThatExceptionOfType(RefusedStartException.class)
                .isThrownBy(() -> customize(null))
                .withMessageContaining("tributary.security.mode=none");
    }

    @Test
    void listensEverywhereWhenNobodyNeedAuthenticate() {
        customize(SecuritySettings.Mode.NONE);

        assertThat(factory.getAddress()).isNull();
    }

    @Test
    void listensWhereItIsToldWhenNobodyNeedAuthenticate() {
        factory.setAddress(EVERYWHERE);

        customize(SecuritySettings.Mode.NONE);

        assertThat(factory.getAddress()).isEqualTo(EVERYWHERE);
    }

    @Test
    void letsRequestsFinishWhenItStops() {
        factory.setShutdown(Shutdown.IMMEDIATE);

        customize(null);

        assertThat(factory.getShutdown()).isEqualTo(Shutdown.GRACEFUL);
    }

    private void customize(SecuritySettings.@Nullable Mode mode) {
        new HttpServerCustomizer(HTTP, new SecuritySettings(mode)).customize(factory);
    }
}
