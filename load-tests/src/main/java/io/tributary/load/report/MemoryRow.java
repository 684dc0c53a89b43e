package io.tributary.load.report;

import io.tributary.load.measure.Memory;
import java.util.Locale;
import java.util.OptionalLong;

/** The most memory of one contender, as a row of a table. */
record MemoryRow(String contender, Memory memory) {

    static final String HEAD = """
            | contender | most resident memory, MiB | most heap in use, MiB | PostgreSQL's, MiB |
            |---|--:|--:|--:|
            """;

    String text() {
        return String.format(
                "| %s | %s | %s | %s |\n",
                contender, mebibytes(memory.resident()), mebibytes(memory.heap()), mebibytes(memory.postgres()));
    }

    private static String mebibytes(OptionalLong bytes) {
        return bytes.isPresent() ? String.format(Locale.ROOT, "%,d", bytes.getAsLong() >> 20) : "–";
    }
}
