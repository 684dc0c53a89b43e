package io.tributary.service.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tributary.service.acceptance.driver.Changelog;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the embedded PostgreSQL fills up, and gets room again. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DiskFullIT {

    private static final Duration IN_THE_END = Duration.ofMinutes(2);
    private static final String TEXT = "x".repeat(100_000);

    @Test
    void saysSoAndLosesNothing(@TempDir Path data) throws Exception {
        Path postgres = Files.createDirectory(data.resolve("postgres"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", postgres.toString()) == 0,
                "file systems can be mounted here");
        try (ServiceProcess service = new ServiceProcess("disk-full", data).start();
                Http http = service.http();
                Topics topics = service.topics();
                Changelog changelog = topics.allChanges()) {
            assertThat(http.put("full/first", "{\"n\": 1}").status()).isEqualTo(201);
            fill(postgres.resolve("filler"));

            AtomicInteger applied = new AtomicInteger();
            Http.Reply refused = untilRefused(http, applied);
            assertThat(refused.status()).as("%s", refused).isEqualTo(503);
            assertThat(refused.problem()).isEqualTo("unavailable");
            assertThat(service.output()).contains("the disk of PostgreSQL is full");
            assertThat(http.get("full/first").status()).isEqualTo(200);

            Files.delete(postgres.resolve("filler"));
            Http.Reply last =
                    Persistence.untilCertain(() -> http.put("full/last", "{\"n\": 1}", "Idempotency-Key", "last"));
            assertThat(last.status()).isIn(200, 201);
            await().atMost(IN_THE_END)
                    .untilAsserted(
                            () -> assertThat(changelog.changesOf("full/")).hasSize(applied.get() + 2));
        } finally {
            run("umount", "--lazy", postgres.toString());
        }
    }

    private static Http.Reply untilRefused(Http http, AtomicInteger applied) {
        while (true) {
            Http.Reply reply = http.put("full/" + applied.get(), "{\"text\": \"" + applied.get() + TEXT + "\"}");
            if (reply.status() != 201) {
                return reply;
            }
            applied.incrementAndGet();
        }
    }

    private static void fill(Path file) throws IOException {
        byte[] piece = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(piece);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
