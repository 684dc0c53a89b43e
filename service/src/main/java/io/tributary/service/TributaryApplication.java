package io.tributary.service;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

/** Starts the service. {@link Wiring} shows what it is made of; nothing is found by scanning but settings. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(Wiring.class)
@ConfigurationPropertiesScan
public class TributaryApplication {

    /** Starts the service with the given command line, {@code --server.port=9090} for example. */
    public static void main(String[] arguments) {
        SpringApplication.run(TributaryApplication.class, arguments);
    }
}
