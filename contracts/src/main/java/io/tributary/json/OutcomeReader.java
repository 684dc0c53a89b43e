package io.tributary.json;

import io.tributary.change.Outcome;
import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.name.DatabaseName;
import io.tributary.name.DocumentName;
import io.tributary.value.MapValue;
import io.tributary.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one outcome, ignoring what it does not know. */
final class OutcomeReader {

    private final JsonInput in;
    private final ValueReader values;

    private String database = DatabaseName.DEFAULT;
    private @Nullable String document;
    private long version;
    private @Nullable Instant time;
    private boolean created;
    private boolean modified;
    private final EffectReader effect = new EffectReader();
    private final List<Outcome.Effect> steps = new ArrayList<>();
    private @Nullable MapValue data;
    private final List<Outcome.Skipped> skipped = new ArrayList<>();

    OutcomeReader(JsonInput in) {
        this.in = in;
        this.values = new ValueReader(in);
    }

    static Outcome.Applied applied(JsonInput in) {
        return new OutcomeReader(in).applied();
    }

    static Outcome stored(JsonInput in) {
        List<Outcome> read = new ArrayList<>(1);
        in.eachMember("a stored outcome, an object", name -> {
            switch (name) {
                case "applied" -> read.add(applied(in));
                case "refused" -> read.add(new RefusedReader(in).refused());
                default -> in.skip();
            }
        });
        if (read.size() != 1) {
            throw in.fault(ProblemType.BAD_VALUE, "expected one outcome");
        }
        return read.get(0);
    }

    private Outcome.Applied applied() {
        in.eachMember("an outcome, an object", this::member);
        return finished();
    }

    /** The outcome whose members were read. */
    Outcome.Applied finished() {
        if (document == null) {
            throw in.fault(ProblemType.BAD_VALUE, "the outcome has no \"document\"");
        }
        String path = document;
        return new Outcome.Applied(
                in.checking(ProblemType.BAD_PATH, () -> DocumentName.of(database, path)),
                version,
                time,
                created,
                modified,
                effect.effect(),
                List.copyOf(steps),
                data,
                skipped);
    }

    /** Reads the value of a member. */
    void member(String name) {
        switch (name) {
            case "database" -> database = in.text("a database");
            case "document" -> document = in.text("a document");
            case "version" -> version = in.integer("a version");
            case "time" -> time = in.time("a time");
            case "created" -> created = in.bool("true or false");
            case "modified" -> modified = in.bool("true or false");
            case "results" -> in.eachElement("an array of effects", this::step);
            case "skipped" -> in.eachElement("an array of fields", () -> skipped.add(new SkippedReader().read()));
            case "data" -> data = values.map(1, "data, an object");
            default -> effect.member(name);
        }
    }

    private void step() {
        EffectReader step = new EffectReader();
        in.eachMember("an effect, an object", step::member);
        steps.add(step.effect());
    }

    private final class SkippedReader {

        private String path = "";
        private @Nullable Problem problem;

        private Outcome.Skipped read() {
            in.eachMember("a field that was left out, an object", name -> {
                switch (name) {
                    case "path" -> path = in.text("a path");
                    case "problem" -> problem = ProblemForm.read(in);
                    default -> in.skip();
                }
            });
            if (problem == null) {
                throw in.fault(ProblemType.BAD_VALUE, "a field that was left out has its \"problem\"");
            }
            return new Outcome.Skipped(path, problem);
        }
    }

    private final class EffectReader {

        private final Map<String, Value> changes = new LinkedHashMap<>();
        private final List<String> removed = new ArrayList<>();
        private final List<String> omitted = new ArrayList<>();

        private void member(String name) {
            switch (name) {
                case "changes" -> in.eachMember("values by path", path -> changes.put(path, values.value(1)));
                case "removed" -> in.eachElement("an array of paths", () -> removed.add(in.text("a path")));
                case "omitted" -> in.eachElement("an array of paths", () -> omitted.add(in.text("a path")));
                default -> in.skip();
            }
        }

        private Outcome.Effect effect() {
            return changes.isEmpty() && removed.isEmpty() && omitted.isEmpty()
                    ? Outcome.Effect.NONE
                    : new Outcome.Effect(
                            Collections.unmodifiableMap(changes), List.copyOf(removed), List.copyOf(omitted));
        }
    }

    private static final class RefusedReader {

        private final JsonInput in;
        private @Nullable String document;
        private @Nullable Problem problem;

        private RefusedReader(JsonInput in) {
            this.in = in;
        }

        private Outcome.Refused refused() {
            in.eachMember("a refusal, an object", name -> {
                switch (name) {
                    case "document" -> document = in.text("a document");
                    case "problem" -> problem = ProblemForm.read(in);
                    default -> in.skip();
                }
            });
            if (document == null || problem == null) {
                throw in.fault(ProblemType.BAD_VALUE, "expected a document and a problem");
            }
            return new Outcome.Refused(DocumentName.ofKey(document), problem);
        }
    }
}
