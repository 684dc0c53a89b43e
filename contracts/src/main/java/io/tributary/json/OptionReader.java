package io.tributary.json;

import io.tributary.change.ProblemType;
import io.tributary.write.Condition;
import io.tributary.write.Filter;
import io.tributary.write.Stamp;
import io.tributary.write.WriteOptions.OnInvalid;
import io.tributary.write.WriteOptions.Return;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what a write carries beside its action. */
final class OptionReader {

    private static final int MAX_ACTOR_BYTES = 255;

    private OptionReader() {}

    static Condition condition(JsonInput in) {
        var reader = new ConditionReader(in);
        in.eachMember("a condition, an object", reader::member);
        return new Condition(reader.exists, reader.version, reader.time, reader.where);
    }

    static long version(JsonInput in) {
        String what = "a version, an integer of at least 0";
        long read = in.integer(what);
        if (read < 0) {
            throw in.fault(ProblemType.BAD_VALUE, "expected " + what);
        }
        return read;
    }

    static Stamp stamp(JsonInput in) {
        var reader = new StampReader(in);
        in.eachMember("a stamp, an object", reader::member);
        return new Stamp(reader.createdAt, reader.updatedAt, reader.createdBy, reader.updatedBy);
    }

    static Return answer(JsonInput in) {
        return constant(in, Return.values());
    }

    static OnInvalid onInvalid(JsonInput in) {
        return constant(in, OnInvalid.values());
    }

    /** The name of a constant on the wire: lower case. */
    static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> E constant(JsonInput in, E[] constants) {
        List<String> names =
                List.of(constants).stream().map(OptionReader::wireName).toList();
        String what = "one of " + String.join(", ", names);
        int index = names.indexOf(in.text(what));
        if (index < 0) {
            throw in.fault(ProblemType.BAD_VALUE, "expected " + what);
        }
        return constants[index];
    }

    private static final class ConditionReader {

        private final JsonInput in;
        private @Nullable Boolean exists;
        private @Nullable Long version;
        private @Nullable Instant time;
        private @Nullable Filter where;

        private ConditionReader(JsonInput in) {
            this.in = in;
        }

        private void member(String name) {
            switch (name) {
                case "exists" -> exists = in.bool("true or false");
                case "version" -> version = version(in);
                case "time" -> time = in.time("a time, a string");
                case "where" -> where = FilterReader.ofDocument(in);
                default ->
                    throw in.fault(
                            ProblemType.UNKNOWN_MEMBER,
                            MemberHints.unknown(name, List.of("exists", "version", "time", "where"))
                                    + (MemberHints.closest(name, List.of("exists", "version", "time", "where"))
                                                    .isEmpty()
                                            ? "; fields stand inside \"where\""
                                            : ""));
            }
        }
    }

    private static final class StampReader {

        private final JsonInput in;
        private @Nullable Instant createdAt;
        private @Nullable Instant updatedAt;
        private @Nullable String createdBy;
        private @Nullable String updatedBy;

        private StampReader(JsonInput in) {
            this.in = in;
        }

        private void member(String name) {
            switch (name) {
                case "createdAt" -> createdAt = in.time("a time, a string");
                case "updatedAt" -> updatedAt = in.time("a time, a string");
                case "createdBy" -> createdBy = actor();
                case "updatedBy" -> updatedBy = actor();
                default ->
                    throw in.fault(
                            ProblemType.UNKNOWN_MEMBER,
                            MemberHints.unknown(name, List.of("createdAt", "updatedAt", "createdBy", "updatedBy")));
            }
        }

        private String actor() {
            String what = "a string of at most " + MAX_ACTOR_BYTES + " bytes";
            String text = in.text(what);
            if (text.getBytes(StandardCharsets.UTF_8).length > MAX_ACTOR_BYTES) {
                throw in.fault(ProblemType.BAD_VALUE, "expected " + what);
            }
            return text;
        }
    }
}
