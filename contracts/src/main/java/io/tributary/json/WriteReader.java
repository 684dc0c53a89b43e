package io.tributary.json;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.name.DocumentName;
import io.tributary.write.Action;
import io.tributary.write.Condition;
import io.tributary.write.Write;
import io.tributary.write.WriteOptions;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads one write, whose members may come in any order: the name of its document, one kind of action, and options. */
final class WriteReader {

    private static final List<String> MEMBERS = List.of(
            "id",
            "database",
            "document",
            "steps",
            "mergePatch",
            "jsonPatch",
            "create",
            "replace",
            "delete",
            "verify",
            "upsert",
            "if",
            "return",
            "onInvalid",
            "stamp",
            "fireTriggers",
            "dialect");

    private final JsonInput in;
    private final ValueReader values;
    private final StepReader operators;

    private @Nullable String id;
    private @Nullable String database;
    private @Nullable String document;

    /** The member that said what to do, {@code operators} for any operator. */
    private @Nullable String kind;

    private @Nullable Action action;
    private boolean upsert;
    private Condition condition = Condition.NONE;
    private WriteOptions options = WriteOptions.DEFAULT;

    private WriteReader(JsonInput in) {
        this.in = in;
        this.values = new ValueReader(in);
        this.operators = new StepReader(in);
    }

    /**
     * Reads a write that names its document, or whose record does.
     *
     * @param key the record's key, null when it has none
     */
    static Write ofRecord(JsonInput in, @Nullable String key) {
        WriteReader reader = new WriteReader(in);
        in.eachMember("a write, an object", reader::member);
        Action action = reader.finishedAction();
        return new Write(reader.name(key), action, reader.condition, reader.id, reader.options);
    }

    /** Reads a write of a batch: it names its document, which is in the batch's database, and has no id of its own. */
    static Write ofBatch(JsonInput in, String database) {
        WriteReader reader = new WriteReader(in);
        return reader.inDatabase(database, name -> {
            if (name.equals("id")) {
                throw in.fault(
                        ProblemType.UNKNOWN_MEMBER,
                        "a write of a batch has no \"id\" of its own; the batch has one for all");
            }
            reader.member(name);
        });
    }

    /** Reads a write that names its document, which is in this database. */
    static Write ofDatabase(JsonInput in, String database) {
        WriteReader reader = new WriteReader(in);
        return reader.inDatabase(database, reader::member);
    }

    private Write inDatabase(String all, Consumer<String> others) {
        database = all;
        in.eachMember("a write, an object", name -> {
            if (name.equals("database")) {
                requireDatabase(in, all);
            } else {
                others.accept(name);
            }
        });
        if (document == null) {
            throw in.fault(ProblemType.BAD_PATH, "the write names no \"document\"");
        }
        return new Write(name(null), finishedAction(), condition, id, options);
    }

    /** Reads the name of a database, which can only be this one. */
    static void requireDatabase(JsonInput in, String database) {
        String what = "\"" + database + "\", the database of the request";
        if (!in.text(what).equals(database)) {
            throw in.fault(ProblemType.BAD_VALUE, "expected " + what);
        }
    }

    /** Reads the update of a document that is named elsewhere. */
    static Write ofUpdate(JsonInput in, DocumentName document) {
        WriteReader reader = new WriteReader(in);
        in.eachMember("an update, an object of operators", name -> {
            reader.refuseOutsideUpdate(name);
            reader.member(name);
        });
        return new Write(document, reader.finishedAction(), reader.condition, null, reader.options);
    }

    /** Reads an action of operators, steps, a merge patch or a JSON Patch, and nothing beside it. */
    static Action.Patch patch(JsonInput in) {
        WriteReader reader = new WriteReader(in);
        in.eachMember("an update, an object", reader::member);
        if (reader.finishedAction() instanceof Action.Patch patch) {
            return patch;
        }
        throw in.fault(ProblemType.BAD_VALUE, "expected an update");
    }

    private void member(String name) {
        switch (name) {
            case "id" -> id = writeId(in);
            case "database" -> database = in.text("the name of a database");
            case "document" -> document = in.text("the name of a document");
            case "steps" -> become(name, new Action.Update(StepReader.steps(in), false));
            case "mergePatch" -> become(name, new Action.MergePatch(values.map(1, "a merge patch, an object"), false));
            case "jsonPatch" -> become(name, new Action.JsonPatch(JsonPatchReader.read(in), false));
            case "create" -> become(name, new Action.Create(values.map(1, "a document's data, an object")));
            case "replace" -> become(name, new Action.Replace(values.map(1, "a document's data, an object")));
            case "delete" -> becomeIfTrue(name, new Action.Delete());
            case "verify" -> becomeIfTrue(name, new Action.Verify());
            case "upsert" -> upsert = in.bool("true or false");
            case "if" -> condition = OptionReader.condition(in);
            case "return" -> options = options.withAnswer(OptionReader.answer(in));
            case "onInvalid" -> options = options.withOnInvalid(OptionReader.onInvalid(in));
            case "stamp" -> options = options.withStamp(OptionReader.stamp(in));
            case "fireTriggers" -> options = options.withFireTriggers(in.bool("true or false"));
            case "dialect" -> throw in.fault(ProblemType.BAD_VALUE, "no dialect can be chosen");
            default -> operator(name);
        }
    }

    private void operator(String name) {
        if (!operators.operator(name)) {
            throw in.fault(ProblemType.UNKNOWN_MEMBER, MemberHints.unknownOperator(name, MEMBERS));
        }
        claim("operators");
    }

    private void become(String kind, Action action) {
        claim(kind);
        this.action = action;
    }

    private void becomeIfTrue(String kind, Action action) {
        if (!in.bool("true")) {
            throw in.fault(ProblemType.BAD_VALUE, "expected true; leave \"" + kind + "\" out otherwise");
        }
        become(kind, action);
    }

    /** A write is of one kind; operators may come one by one. */
    private void claim(String claimed) {
        if (kind != null && !kind.equals(claimed)) {
            throw in.fault(
                    ProblemType.MALFORMED,
                    "a write does one thing, and this one has \"" + kind + "\" and \"" + claimed + "\"");
        }
        kind = claimed;
    }

    private Action finishedAction() {
        Action read = action;
        if (read == null) {
            if (kind == null) {
                throw in.fault(
                        ProblemType.MALFORMED,
                        "there is nothing to do; an update that changes nothing is written {\"set\": {}}");
            }
            read = new Action.Update(List.of(operators.step()), false);
        }
        if (read instanceof Action.Verify && condition.equals(Condition.NONE)) {
            throw in.fault(ProblemType.MALFORMED, "\"verify\" needs an \"if\"");
        }
        return upsert ? upserting(read) : read;
    }

    private Action upserting(Action read) {
        if (read instanceof Action.Update update) {
            return update.withUpsert(true);
        } else if (read instanceof Action.MergePatch patch) {
            return new Action.MergePatch(patch.patch(), true);
        } else if (read instanceof Action.JsonPatch patch) {
            return new Action.JsonPatch(patch.operations(), true);
        }
        throw in.faultIn(
                "upsert", Problem.of(ProblemType.BAD_VALUE, "\"upsert\" belongs to updates, not to \"" + kind + "\""));
    }

    private DocumentName name(@Nullable String key) {
        String named = document;
        if (named != null) {
            return checkedName(() -> database == null ? DocumentName.of(named) : DocumentName.of(database, named));
        }
        if (key == null) {
            throw in.fault(ProblemType.BAD_PATH, "neither the write nor a record key names a document");
        }
        return checkedName(() -> {
            DocumentName full = DocumentName.ofKey(key);
            if (database == null || full.database().equals(database)) {
                return full;
            }
            return DocumentName.of(database, key);
        });
    }

    private DocumentName checkedName(Supplier<DocumentName> name) {
        try {
            return in.limits().admit(name.get());
        } catch (IllegalArgumentException e) {
            Problem problem = Problem.of(ProblemType.BAD_PATH, String.valueOf(e.getMessage()));
            throw document == null ? in.fault(problem) : in.faultIn("document", problem);
        }
    }

    static String writeId(JsonInput in) {
        String what = "an id, a string of 1 to 255 visible ASCII characters";
        String text = in.text(what);
        if (!Write.isId(text)) {
            throw in.fault(ProblemType.BAD_VALUE, "expected " + what);
        }
        return text;
    }

    /** Says where to put what an update over HTTP does not carry. */
    private void refuseOutsideUpdate(String name) {
        String instead = switch (name) {
            case "id" -> "the header Idempotency-Key carries the id";
            case "database", "document" -> "the URL names the document";
            case "create" -> "PUT with If-None-Match: * creates, POST to the collection too";
            case "replace" -> "PUT replaces";
            case "delete" -> "DELETE deletes";
            case "verify" -> "{\"set\": {}} with \"if\" verifies";
            case "mergePatch" -> "send the patch itself as application/merge-patch+json";
            case "jsonPatch" -> "send the patch itself as application/json-patch+json";
            default -> null;
        };
        if (instead != null) {
            throw in.fault(
                    ProblemType.UNKNOWN_MEMBER, "\"" + name + "\" is no member of an update over HTTP: " + instead);
        }
    }
}
