package io.tributary.load.contender;

import io.tributary.load.generator.LoadGenerator;
import io.tributary.load.generator.kafka.ChangelogLag;
import io.tributary.load.generator.kafka.UpdatesProducer;
import io.tributary.load.server.PostgresServer;
import io.tributary.load.server.ServerProcess;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A running system that keeps counters in JSON documents, and the ways in which it can be driven. All methods block.
 *
 * <p>Servers that speak HTTP give the common callers, turned towards them; where a client of its own belongs to the contender,
 * that client is its generator.
 */
public interface Contender extends AutoCloseable {

    /** What the table calls it. */
    String name();

    /** Creates the documents of the corpus, and waits until all is ready for work. */
    void fill();

    /** The sum of all counters of the corpus; nothing where none are kept. */
    OptionalLong sum();

    /** What sends it single writes and awaits each answer; nothing where it takes none. */
    Optional<LoadGenerator> singleWrites();

    /** What sends it so many single writes in one atomic request; nothing where it takes none. */
    default Optional<LoadGenerator> batches(int writes) {
        return Optional.empty();
    }

    /** What lets it increment all counters by one request, however long that takes; nothing where it cannot. */
    default Optional<LoadGenerator> job() {
        return Optional.empty();
    }

    /**
     * The same as {@link #singleWrites}, but each write also appends a value to an array that has it already, but for the first time; nothing where
     * that is not one of its operations.
     */
    default Optional<LoadGenerator> uniqueAppends() {
        return Optional.empty();
    }

    /** What sends it writes as the lines of one request, which are answered one by one; nothing where it takes none. */
    default Optional<LoadGenerator> bulk() {
        return Optional.empty();
    }

    /** What streams writes to it over Kafka; nothing where it takes none. */
    default Optional<UpdatesProducer> stream() {
        return Optional.empty();
    }

    /** What reads its changelog and tells how far that lags behind the commits; nothing where it has none. */
    default Optional<ChangelogLag> changelog() {
        return Optional.empty();
    }

    /** The process of its own; nothing where PostgreSQL is all there is. */
    Optional<ServerProcess> process();

    /** The PostgreSQL server that it keeps its documents in; nothing where it uses none. */
    Optional<PostgresServer> postgres();

    /** The process of the Kafka broker that it uses, where that is another than its own and is known. */
    default Optional<ServerProcess> kafka() {
        return Optional.empty();
    }

    /** Stops it. */
    @Override
    void close();
}
