package io.tributary.json;

import io.tributary.change.BatchOutcome;
import io.tributary.change.Outcome;
import io.tributary.change.ProblemType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one outcome of a batch, ignoring what it does not know. */
final class BatchOutcomeReader {

    private final JsonInput in;
    private @Nullable String id;
    private @Nullable Instant time;
    private final List<Outcome.Applied> results = new ArrayList<>();

    private BatchOutcomeReader(JsonInput in) {
        this.in = in;
    }

    static BatchOutcome.Applied applied(JsonInput in) {
        return new BatchOutcomeReader(in).applied();
    }

    static BatchOutcome stored(JsonInput in) {
        List<BatchOutcome> read = new ArrayList<>(1);
        in.eachMember("a stored outcome, an object", name -> {
            switch (name) {
                case "applied" -> read.add(applied(in));
                case "refused" -> read.add(new BatchOutcome.Refused(ProblemForm.read(in)));
                default -> in.skip();
            }
        });
        if (read.size() != 1) {
            throw in.fault(ProblemType.BAD_VALUE, "expected one outcome");
        }
        return read.get(0);
    }

    private BatchOutcome.Applied applied() {
        in.eachMember("an outcome of a batch, an object", this::member);
        if (time == null) {
            throw in.fault(ProblemType.BAD_VALUE, "the outcome has no \"time\"");
        }
        return new BatchOutcome.Applied(id, time, results);
    }

    private void member(String name) {
        switch (name) {
            case "id" -> id = in.text("an id");
            case "time" -> time = in.time("a time");
            case "results" -> in.eachElement("an array of outcomes", () -> results.add(OutcomeReader.applied(in)));
            default -> in.skip();
        }
    }
}
