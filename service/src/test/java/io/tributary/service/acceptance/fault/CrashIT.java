package io.tributary.service.acceptance.fault;

import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The service is killed under mixed writes over HTTP and Kafka and started again on its data; callers repeat what was not
 * answered. {@code -Dtributary.acceptance.writes=50000} makes it longer, {@code -Dtributary.acceptance.seed=…} repeats a run.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class CrashIT {

    private static final int WRITES = Integer.getInteger("tributary.acceptance.writes", 10_000);
    private static final long SEED = Long.getLong("tributary.acceptance.seed", System.nanoTime());
    private static final int DOCUMENTS = 1_000;
    private static final Duration IN_THE_END = Duration.ofMinutes(3);

    /** What dies. */
    enum Victim {
        THE_JVM(ServiceProcess::kill),
        THE_JVM_AND_POSTGRES(ServiceProcess::killWithDatabase);

        private final Consumer<ServiceProcess> killing;

        Victim(Consumer<ServiceProcess> killing) {
            this.killing = killing;
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyWriteIsAppliedOnceOrRefusedOnce(Victim victim, @TempDir Path data) {
        try (ServiceProcess service = new ServiceProcess("crash-" + victim, data).start();
                Http http = service.http();
                Topics topics = service.topics()) {
            MixedLoad load = new MixedLoad(SEED, WRITES, DOCUMENTS, topics);
            CompletableFuture<Void> overHttp = load.writeOverHttp(32, attempt -> http);
            CompletableFuture<Void> overKafka = load.writeOverKafka(8, record -> topics);
            await().atMost(IN_THE_END).until(() -> load.answered() > WRITES / 2);

            victim.killing.accept(service);
            service.start();

            overHttp.join();
            overKafka.join();
            load.check(http);
        }
    }
}
