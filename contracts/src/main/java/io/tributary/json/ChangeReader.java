package io.tributary.json;

import io.tributary.change.Change;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.name.DatabaseName;
import io.tributary.name.DocumentName;
import io.tributary.value.MapValue;
import io.tributary.write.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one change, ignoring what it does not know. */
final class ChangeReader {

    private final JsonInput in;
    private final ValueReader values;
    private final byte[] json;

    private @Nullable Long format;
    private String database = DatabaseName.DEFAULT;
    private @Nullable String document;
    private @Nullable Long version;
    private @Nullable String kind;
    private @Nullable Instant time;
    private @Nullable Long sequence;
    private @Nullable MapValue after;
    private @Nullable MapValue before;
    private List<String> changed = List.of();
    private List<String> removed = List.of();
    private Action.@Nullable Patch write;
    private @Nullable String id;
    private Change.@Nullable Batch batch;
    private @Nullable String actor;
    private boolean fireTriggers = true;

    /** @param json the text that {@code in} reads */
    ChangeReader(JsonInput in, byte[] json) {
        this.in = in;
        this.values = new ValueReader(in);
        this.json = json;
    }

    /** Reads the change; empty when its kind is unknown. */
    Optional<Change> change() {
        in.eachMember("a change, an object", this::member);
        if (given(format, "format") != Change.FORMAT) {
            throw in.fault(ProblemType.BAD_VALUE, "the change is of format " + format + ", not " + Change.FORMAT);
        }
        String name = given(kind, "kind");
        return Arrays.stream(Change.Kind.values())
                .filter(known -> known.wireName().equals(name))
                .findFirst()
                .map(this::change);
    }

    private Change change(Change.Kind known) {
        String path = given(document, "document");
        return new Change(
                in.checking(ProblemType.BAD_PATH, () -> DocumentName.of(database, path)),
                given(version, "version"),
                known,
                given(time, "time"),
                given(sequence, "sequence"),
                after,
                before,
                changed,
                removed,
                write,
                new Change.Origin(id, batch, actor, fireTriggers));
    }

    private void member(String name) {
        switch (name) {
            case "format" -> format = in.integer("a format");
            case "database" -> database = in.text("a database");
            case "document" -> document = in.text("a document");
            case "version" -> version = in.integer("a version");
            case "kind" -> kind = in.text("a kind");
            case "time" -> time = in.time("a time");
            case "sequence" -> sequence = in.integer("a sequence number");
            case "after" -> after = values.map(1, "data, an object");
            case "before" -> before = values.map(1, "data, an object");
            case "changed" -> changed = paths();
            case "removed" -> removed = paths();
            case "write" -> write = write();
            case "id" -> id = in.text("an id");
            case "batch" -> batch = new BatchReader().read();
            case "actor" -> actor = in.text("an actor");
            case "fireTriggers" -> fireTriggers = in.bool("true or false");
            default -> in.skip();
        }
    }

    private <T> T given(@Nullable T member, String name) {
        if (member == null) {
            throw in.fault(ProblemType.BAD_VALUE, "the change has no \"" + name + "\"");
        }
        return member;
    }

    private List<String> paths() {
        List<String> paths = new ArrayList<>();
        in.eachElement("an array of paths", () -> paths.add(in.text("a path")));
        return List.copyOf(paths);
    }

    /** The update as it came, null when a later version of the service took it. */
    private Action.@Nullable Patch write() {
        int start = in.tokenStart();
        in.skip();
        try {
            return WriteJson.readPatch(Arrays.copyOfRange(json, start, in.tokenEnd()));
        } catch (ProblemException ofLaterVersion) {
            return null;
        }
    }

    private final class BatchReader {

        private @Nullable String id;
        private int index;
        private int size;
        private final Map<Integer, Long> lanes = new LinkedHashMap<>();

        private Change.Batch read() {
            in.eachMember("a batch, an object", this::member);
            return new Change.Batch(id, index, size, Map.copyOf(lanes));
        }

        private void member(String name) {
            switch (name) {
                case "id" -> id = in.text("an id");
                case "index" -> index = in.smallInteger("an index");
                case "size" -> size = in.smallInteger("a size");
                case "lanes" ->
                    in.eachMember(
                            "sequence numbers by lane",
                            lane -> lanes.put(
                                    in.checking(ProblemType.BAD_VALUE, () -> Integer.valueOf(lane)),
                                    in.integer("a sequence number")));
                default -> in.skip();
            }
        }
    }
}
