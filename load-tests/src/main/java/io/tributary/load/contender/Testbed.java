package io.tributary.load.contender;

import io.tributary.load.generator.Corpus;
import io.tributary.load.generator.http.HttpCallers;
import io.tributary.load.server.Jvm;
import io.tributary.load.server.PostgresServer;
import java.nio.file.Path;

/**
 * What all contenders share.
 *
 * @param corpus the documents that each of them gets
 * @param callers drive those that speak HTTP
 * @param jvm runs those that are written for it
 * @param postgres the server that each may have a database in
 * @param bootstrapServers the Kafka broker that each may have topics on
 * @param directory for logs and for files of theirs
 */
public record Testbed(
        Corpus corpus, HttpCallers callers, Jvm jvm, PostgresServer postgres, String bootstrapServers, Path directory) {

    /** What a contender prints. */
    Path log(String contender) {
        return directory.resolve(contender + ".log");
    }
}
