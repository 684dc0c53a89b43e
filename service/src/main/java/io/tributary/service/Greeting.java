package io.tributary.service;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;

/** Says where everything listens, and what to try. */
final class Greeting implements ApplicationListener<ApplicationReadyEvent> {

    private static final Logger log = LoggerFactory.getLogger(Greeting.class);

    private final Servers servers;

    Greeting(Servers servers) {
        this.servers = servers;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        if (ready.getApplicationContext() instanceof WebServerApplicationContext web && web.getWebServer() != null) {
            log.info(
                    """
                    Tributary is ready.

                      HTTP        127.0.0.1:{}
                      PostgreSQL  {}
                      Kafka       {}

                      curl --json '{"set": {"name": "Ada"}, "increment": {"visits": 1}, "upsert": true}' \\
                           -X PATCH http://127.0.0.1:{}/v1/documents/people/ada
                    """,
                    web.getWebServer().getPort(),
                    servers.postgres().address(),
                    servers.bootstrapServers(),
                    web.getWebServer().getPort());
        }
    }
}
