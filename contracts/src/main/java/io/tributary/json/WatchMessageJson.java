package io.tributary.json;

import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.json.WatchMessage.Target;
import io.tributary.name.CollectionName;
import io.tributary.name.DocumentName;
import io.tributary.write.Filter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Messages of clients who watch, as JSON. */
public final class WatchMessageJson {

    private static final int LONGEST_NAME = 100;

    private WatchMessageJson() {}

    /**
     * Reads {@code {"watch", "document" or "collection", "where", "snapshot", "lastEventId", "integers"}} or {@code
     * {"unwatch"}}. What is faulty becomes {@link WatchMessage.Faulty}, with a JSON Pointer to the fault.
     *
     * @param database the database of what is watched
     */
    public static WatchMessage read(String database, byte[] message, Limits limits) {
        return Reader.of(database, message, limits);
    }

    /** Reads one message, and remembers its name for the case that the rest is faulty. */
    private static final class Reader {

        private final String database;
        private @Nullable String watch;
        private @Nullable String unwatch;
        private @Nullable DocumentName document;
        private @Nullable CollectionName collection;
        private @Nullable Filter where;
        private boolean snapshot = true;
        private @Nullable String lastEventId;
        private IntegerForm integers = IntegerForm.NUMBER;
        private int members;

        private Reader(String database) {
            this.database = database;
        }

        static WatchMessage of(String database, byte[] message, Limits limits) {
            Reader reading = new Reader(database);
            try {
                return JsonText.read(message, limits, reading::message);
            } catch (ProblemException fault) {
                return new WatchMessage.Faulty(reading.watch, fault.problem());
            }
        }

        private WatchMessage message(JsonInput in) {
            in.eachMember("a message, an object", name -> member(in, name));
            if (unwatch != null) {
                if (members > 1) {
                    throw in.fault(ProblemType.MALFORMED, "\"unwatch\" stands alone");
                }
                return new WatchMessage.End(unwatch);
            }
            if (watch == null) {
                throw in.fault(ProblemType.BAD_VALUE, "the message has neither \"watch\" nor \"unwatch\"");
            }
            return new WatchMessage.Begin(watch, target(in), snapshot, lastEventId, integers);
        }

        private void member(JsonInput in, String name) {
            members++;
            switch (name) {
                case "watch" -> watch = nameOfAWatch(in);
                case "unwatch" -> unwatch = nameOfAWatch(in);
                case "document" -> {
                    String path = in.text("the name of a document");
                    document = in.checking(ProblemType.BAD_PATH, () -> DocumentName.of(database, path));
                }
                case "collection" -> {
                    String path = in.text("the name of a collection");
                    collection = in.checking(ProblemType.BAD_PATH, () -> new CollectionName(database, path));
                }
                case "where" -> where = FilterReader.ofDocument(in);
                case "snapshot" -> snapshot = in.bool("true or false");
                case "lastEventId" ->
                    lastEventId = in.is(JsonToken.VALUE_NULL) ? null : in.text("an event's id, a string");
                case "integers" -> integers = integers(in);
                default ->
                    throw in.fault(
                            ProblemType.UNKNOWN_MEMBER,
                            MemberHints.unknown(
                                    name,
                                    List.of(
                                            "watch",
                                            "document",
                                            "collection",
                                            "where",
                                            "snapshot",
                                            "lastEventId",
                                            "integers",
                                            "unwatch")));
            }
        }

        private Target target(JsonInput in) {
            if (document != null && collection == null && where == null) {
                return new Target.Document(document);
            }
            if (collection != null && document == null) {
                return new Target.Collection(collection, where == null ? Filter.ALWAYS : where);
            }
            throw in.fault(
                    ProblemType.BAD_VALUE,
                    "a watch names a \"document\", or a \"collection\" with or without \"where\"");
        }

        private static String nameOfAWatch(JsonInput in) {
            String what = "the name of a watch, a string of 1 to " + LONGEST_NAME + " characters";
            String name = in.text(what);
            if (name.isEmpty() || name.length() > LONGEST_NAME) {
                throw in.fault(ProblemType.BAD_VALUE, "expected " + what);
            }
            return name;
        }

        private static IntegerForm integers(JsonInput in) {
            String what = "\"number\" or \"string\"";
            return switch (in.text(what)) {
                case "number" -> IntegerForm.NUMBER;
                case "string" -> IntegerForm.STRING;
                default -> throw in.fault(ProblemType.BAD_VALUE, "expected " + what);
            };
        }
    }
}
