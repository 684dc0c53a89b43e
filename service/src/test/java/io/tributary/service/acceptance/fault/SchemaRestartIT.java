package io.tributary.service.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A schema that was saved holds from the first write after a crash. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SchemaRestartIT {

    @Test
    void holdsFromTheFirstWriteOn(@TempDir Path data) {
        try (ServiceProcess service = new ServiceProcess("schema", data).start();
                Http http = service.http()) {
            http.putPath("/v1/schemas/shelf", "{\"required\": [\"name\"]}");

            service.killWithDatabase();
            service.start();

            assertThat(http.put("shelf/a", "{}").problem()).isEqualTo("schema-violation");
            assertThat(http.put("shelf/a", "{\"name\": 1}").status()).isEqualTo(201);
            assertThat(http.putPath("/v1/schemas/shelf", "{}", "If-Match", "\"1\"")
                            .status())
                    .isEqualTo(200);
            assertThat(http.put("shelf/b", "{}").status()).isEqualTo(201);
        }
    }
}
