package io.tributary.service;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the service. {@link Wiring} shows what it is made of. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class TributaryApplication {

    /** Starts the service with the given command line, {@code --server.port=9090} for example. */
    public static void main(String[] arguments) {
        SpringApplication.run(TributaryApplication.class, arguments);
    }
}
