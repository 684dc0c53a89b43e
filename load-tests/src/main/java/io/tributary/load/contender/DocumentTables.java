package io.tributary.load.contender;

import io.tributary.load.generator.Corpus;
import io.tributary.load.server.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.OptionalLong;

/** A database with a table of documents and an outbox: what the usual design has. */
final class DocumentTables {

    private static final String SCHEMA = "documents.sql";

    private final PostgresServer database;
    private final Corpus corpus;

    private DocumentTables(PostgresServer database, Corpus corpus) {
        this.database = database;
        this.corpus = corpus;
    }

    /** Creates a database with the tables, in the place of one that an earlier run has left. */
    static DocumentTables create(PostgresServer server, String name, Corpus corpus) {
        PostgresServer database = server.withFresh(name);
        database.execute(schema());
        return new DocumentTables(database, corpus);
    }

    private static String schema() {
        try (InputStream in = Objects.requireNonNull(DocumentTables.class.getResourceAsStream(SCHEMA))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PostgresServer database() {
        return database;
    }

    void fill() {
        database.executeWithArrays(
                "insert into documents (name, data) select name, data::jsonb from unnest(?, ?) as d(name, data)",
                corpus.names().toArray(String[]::new),
                corpus.indexes().mapToObj(Corpus::data).toArray(String[]::new));
        database.analyse();
    }

    OptionalLong sum() {
        return OptionalLong.of(
                Long.parseLong(database.query("select coalesce(sum((data ->> 'n')::bigint), 0) from documents")));
    }
}
