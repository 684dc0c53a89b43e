package io.tributary.kafka.embedded;

import java.nio.file.Path;

/** Another embedded broker, in this process or in another, runs on the directory. */
public final class DirectoryInUseException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    DirectoryInUseException(Path directory) {
        super("Another embedded Kafka uses " + directory);
    }
}
