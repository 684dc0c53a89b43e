package io.tributary.load.contender;

import io.tributary.load.generator.Corpus;
import io.tributary.load.generator.http.HttpCallers;
import io.tributary.load.server.Jvm;
import io.tributary.load.server.PostgresServer;
import io.tributary.load.server.ServerProcess;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What all contenders share.
 *
 * @param corpus the documents that each of them gets
 * @param callers drive those that speak HTTP
 * @param jvm runs those that are written for it
 */
public record Testbed(Corpus corpus, HttpCallers callers, Jvm jvm, Servers servers, Folders folders) {

    /**
     * What serves several contenders.
     *
     * @param postgres each may have a database in it
     * @param bootstrapServers of the Kafka broker that each may have topics on
     * @param broker the process of that broker, when it is known; it has nothing else to do while another than its owner is
     *     measured
     */
    public record Servers(PostgresServer postgres, String bootstrapServers, Optional<ServerProcess> broker) {}

    /**
     * Where files are.
     *
     * @param work for logs and for files of contenders, emptied before every benchmark
     * @param peers has a folder for each peer that is no Java class
     * @param packages what such peers need is installed there, and stays
     */
    public record Folders(Path work, Path peers, Path packages) {}

    PostgresServer postgres() {
        return servers.postgres();
    }

    String bootstrapServers() {
        return servers.bootstrapServers();
    }

    /** Takes what a contender prints. */
    Path log(String contender) {
        return work(contender + ".log");
    }

    /** A file or folder that is a contender's own. */
    Path work(String name) {
        return folders.work().resolve(name);
    }
}
