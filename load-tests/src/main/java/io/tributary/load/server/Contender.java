package io.tributary.load.server;

import io.tributary.load.generator.Corpus;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A running server that takes increments of JSON documents over HTTP. All methods block. */
public interface Contender extends AutoCloseable {

    /** What the table calls it. */
    String name();

    /** Where it takes {@code PATCH /v1/documents/{collection}/{id}} with {@code {"increment": {…}}}. */
    InetSocketAddress address();

    /** Creates the documents of a corpus, and waits until all is ready for work. */
    void fill(Corpus corpus);

    /** The sum of all counters of a corpus. */
    long sum(Corpus corpus);

    /** The CPU time that its process has used so far, without that of PostgreSQL. */
    Duration cpu();

    /** Stops it. */
    @Override
    void close();
}
