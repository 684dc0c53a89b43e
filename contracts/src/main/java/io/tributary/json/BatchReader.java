package io.tributary.json;

import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.name.DocumentName;
import io.tributary.write.Batch;
import io.tributary.write.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads one batch, whose members may come in any order. */
final class BatchReader {

    private static final List<String> MEMBERS = List.of("writes", "reads", "id", "database");

    private final JsonInput in;
    private final String database;
    private final List<Write> writes = new ArrayList<>();
    private final List<Batch.Read> reads = new ArrayList<>();
    private @Nullable String id;

    private BatchReader(JsonInput in, String database) {
        this.in = in;
        this.database = database;
    }

    static Batch read(JsonInput in, String database) {
        return new BatchReader(in, database).read();
    }

    private Batch read() {
        in.eachMember("a batch, an object", this::member);
        if (writes.isEmpty() && reads.isEmpty()) {
            throw in.fault(ProblemType.MALFORMED, "a batch has at least one write or read");
        }
        return new Batch(database, writes, reads, id);
    }

    private void member(String name) {
        switch (name) {
            case "writes" -> in.eachElement("an array of writes", () -> add(writes, "writes", this::write));
            case "reads" -> in.eachElement("an array of reads", () -> add(reads, "reads", this::documentRead));
            case "id" -> id = WriteReader.writeId(in);
            case "database" -> WriteReader.requireDatabase(in, database);
            default -> throw in.fault(ProblemType.UNKNOWN_MEMBER, MemberHints.unknown(name, MEMBERS));
        }
    }

    private <T> void add(List<T> list, String what, Supplier<T> element) {
        int most = in.limits().batchWrites();
        if (list.size() == most) {
            throw in.fault(ProblemType.LIMIT_EXCEEDED, "a batch has more than " + most + " " + what);
        }
        list.add(element.get());
    }

    private Write write() {
        try {
            return WriteReader.ofBatch(in, database);
        } catch (ProblemException e) {
            throw new ProblemException(e.problem().withIndex(writes.size()));
        }
    }

    private Batch.Read documentRead() {
        return new ReadReader().read();
    }

    private final class ReadReader {

        private @Nullable DocumentName document;
        private @Nullable Long version;

        private Batch.Read read() {
            in.eachMember("a read, an object", this::member);
            if (document == null || version == null) {
                throw in.fault(ProblemType.BAD_VALUE, "a read has a \"document\" and the \"version\" that was read");
            }
            return new Batch.Read(document, version);
        }

        private void member(String name) {
            switch (name) {
                case "document" -> document = name();
                case "version" -> version = OptionReader.version(in);
                default ->
                    throw in.fault(
                            ProblemType.UNKNOWN_MEMBER, MemberHints.unknown(name, List.of("document", "version")));
            }
        }

        private DocumentName name() {
            String path = in.text("the name of a document");
            return in.checking(ProblemType.BAD_PATH, () -> DocumentName.of(database, path));
        }
    }
}
