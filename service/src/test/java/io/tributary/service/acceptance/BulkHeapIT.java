package io.tributary.service.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.service.acceptance.driver.BulkCall;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bulk that is far larger than the heap may become: {@code -Dbulk.lines=200000}, of {@code -Dbulk.line.bytes=1000} each.
 */
@EnabledIfSystemProperty(named = "bulk.lines", matches = "\\d+")
class BulkHeapIT {

    private static final int LINES = Integer.getInteger("bulk.lines", 0);
    private static final int LINE_BYTES = Integer.getInteger("bulk.line.bytes", 1_000);
    private static final int DOCUMENTS = 1_000;

    @Test
    void takesABulkThatItsHeapHasNoRoomFor(@TempDir Path data) throws Exception {
        try (ServiceProcess service =
                        new ServiceProcess("bulk-heap", data).withHeap("256m").start();
                BulkCall bulk = service.bulk();
                Http http = service.http()) {
            long start = System.nanoTime();
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendAll(bulk));

            for (int line = 1; line <= LINES; line++) {
                assertThat(bulk.answer()).contains("{\"line\":" + line + ",\"status\":20");
            }

            assertThat(bulk.answer()).isNull();
            sending.get(1, TimeUnit.MINUTES);
            assertThat(http.data("heap/0").get("n").asInt()).isEqualTo(LINES / DOCUMENTS);
            assertThat(service.output()).doesNotContain("OutOfMemoryError", "LEAK");
            System.out.printf("%d lines, %d lines/s%n", LINES, LINES * 1_000_000_000L / (System.nanoTime() - start));
        }
    }

    private static void sendAll(BulkCall bulk) {
        String filling = "x".repeat(LINE_BYTES);
        for (int line = 0; line < LINES; line++) {
            bulk.send("{\"document\":\"heap/%d\",\"increment\":{\"n\":1},\"set\":{\"text\":\"%s\"},\"upsert\":true}\n"
                    .formatted(line % DOCUMENTS, filling));
        }
        bulk.end();
    }
}
