package io.tributary.servers;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Docker as its command line shows it: that knows where the engine is, and to find out that there is none takes no time.
 * Blocks.
 */
final class Docker {

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration PULL = Duration.ofMinutes(5);

    private final String program;

    /** @param program the command line, {@code docker} */
    Docker(String program) {
        this.program = program;
    }

    /** What stands in the way of containers of these images, once those that are missing have been pulled. */
    Optional<String> obstacle(List<String> images) {
        if (!run(ANSWER, "version", "--format", "{{.Server.Version}}")) {
            return Optional.of("Docker does not answer");
        }
        return images.stream()
                .filter(image -> !run(ANSWER, "image", "inspect", image) && !run(PULL, "pull", image))
                .findFirst()
                .map(image -> "Docker has no " + image + " and cannot pull it");
    }

    private boolean run(Duration limit, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0;
            } finally {
                process.destroy();
            }
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
