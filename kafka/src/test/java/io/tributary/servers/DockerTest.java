package io.tributary.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts take the place of the command line. */
class DockerTest {

    private static final List<String> IMAGES = List.of("one:1", "two:2");

    @TempDir
    private Path directory;

    @BeforeEach
    void onlyWhereAScriptIsAProgram() {
        assumeThat(Path.of("/bin/sh")).exists();
    }

    @Test
    void isInNobodysWayWithItsImages() throws IOException {
        assertThat(docker("exit 0").obstacle(IMAGES)).isEmpty();
    }

    @Test
    void doesNotAnswerWhereItIsNotInstalled() {
        Docker none = new Docker(directory.resolve("nothing").toString());

        assertThat(none.obstacle(IMAGES)).contains("Docker does not answer");
    }

    @Test
    void doesNotAnswerWithoutAnEngine() throws IOException {
        assertThat(docker("exit 1").obstacle(IMAGES)).contains("Docker does not answer");
    }

    @Test
    void pullsTheImageThatIsMissing() throws IOException {
        Path pulled = directory.resolve("pulled");
        Docker docker = docker("case \"$*\" in 'image inspect two:2') exit 1;; pull*) echo $2 >" + pulled + ";; esac");

        assertThat(docker.obstacle(IMAGES)).isEmpty();
        assertThat(pulled).hasContent("two:2");
    }

    @Test
    void namesTheImageThatItCannotPull() throws IOException {
        Docker docker = docker("case \"$*\" in 'image inspect two:2' | pull*) exit 1;; esac");

        assertThat(docker.obstacle(IMAGES)).contains("Docker has no two:2 and cannot pull it");
    }

    private Docker docker(String script) throws IOException {
        Path program = directory.resolve("docker");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new Docker(program.toString());
    }
}
