package io.tributary.service.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Configuration;

/** Actuator on a port of its own, in an application that has nothing else of the service. */
class ManagementAddressTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableConfigurationProperties(SecuritySettings.class)
    static class Application {}

    @Test
    void listensToItsOwnMachineOnly() {
        assertThat(addressOfActuator()).isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
    }

    @Test
    void listensToAnotherLoopbackAddressWhenTold() {
        assertThat(addressOfActuator("--management.server.address=127.0.0.2"))
                .isEqualTo(InetAddress.ofLiteral("127.0.0.2"));
    }

    @Test
    void listensEverywhereWhenNobodyNeedAuthenticate() {
        assertThat(addressOfActuator("--tributary.security.mode=none")).isNull();
    }

    @Test
    void doesNotOpenItselfToOthersByAnAddressAlone() {
        assertThatThrownBy(() -> addressOfActuator("--management.server.address=0.0.0.0"))
                .hasStackTraceContaining("management.server.address=0.0.0.0 opens the service")
                .hasStackTraceContaining("tributary.security.mode=none");
    }

    private static @Nullable InetAddress addressOfActuator(String... arguments) {
        List<NettyReactiveWebServerFactory> factories = new ArrayList<>();
        ApplicationListener<WebServerInitializedEvent> listener = event -> {
            if ("management".equals(event.getApplicationContext().getServerNamespace())) {
                factories.add(event.getApplicationContext().getBean(NettyReactiveWebServerFactory.class));
            }
        };
        List<String> all =
                new ArrayList<>(List.of("--spring.config.name=none", "--server.port=0", "--management.server.port=0"));
        all.addAll(List.of(arguments));
        try (var context = new SpringApplicationBuilder(Application.class)
                .bannerMode(Banner.Mode.OFF)
                .listeners(listener)
                .run(all.toArray(String[]::new))) {
            assertThat(context.isRunning()).isTrue();
        }
        assertThat(factories).hasSize(1);
        return factories.getFirst().getAddress();
    }
}
