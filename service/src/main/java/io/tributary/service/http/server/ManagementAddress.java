package io.tributary.service.http.server;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * Keeps actuator on this machine as long as the API is. Where it has a port of its own ({@code management.server.port}), its
 * server is in a context of its own, which Spring Boot makes of the configurations that are listed below {@code
 * META-INF/spring}; the customizers of the application's context are not asked there.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
public class ManagementAddress {

    /** Sets the address, or refuses the start: see {@link SecuritySettings#address}. */
    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> managementAddressCustomizer(SecuritySettings security) {
        return factory -> factory.setAddress(security.address("management.server.address", factory.getAddress()));
    }
}
