package io.tributary.json;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.name.CollectionName;
import io.tributary.query.Selection;
import io.tributary.query.UpdateByQuery;
import io.tributary.write.Action;
import io.tributary.write.Filter;
import io.tributary.write.SortKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Reads one update by query, whose members may come in any order. */
final class UpdateByQueryReader {

    private static final List<String> MEMBERS = List.of(
            "collection",
            "where",
            "all",
            "steps",
            "delete",
            "orderBy",
            "offset",
            "limit",
            "fireTriggers",
            "rate",
            "max",
            "dryRun");

    private final JsonInput in;
    private final String database;
    private final StepReader operators;

    private @Nullable CollectionName collection;
    private @Nullable Filter where;
    private boolean all;
    private List<SortKey> orderBy = List.of();
    private int offset;
    private @Nullable Long limit;

    /** The member that said what to do, {@code operators} for any operator. */
    private @Nullable String kind;

    private @Nullable Action action;
    private UpdateByQuery.Options options = UpdateByQuery.Options.DEFAULT;

    private UpdateByQueryReader(JsonInput in, String database) {
        this.in = in;
        this.database = database;
        this.operators = new StepReader(in);
    }

    /** @throws ProblemException with a JSON Pointer to the fault */
    static UpdateByQuery read(JsonInput in, String database) {
        UpdateByQueryReader reader = new UpdateByQueryReader(in, database);
        in.eachMember("an update by query, an object", reader::member);
        Selection selection = reader.selection();
        return new UpdateByQuery(selection, reader.finishedAction(), reader.options);
    }

    private void member(String name) {
        switch (name) {
            case "collection" -> collection = collection();
            case "where" -> where = FilterReader.ofDocument(in);
            case "all" -> all = in.bool("true or false");
            case "orderBy" -> orderBy = SortKeys.read(in, "an array of keys like [\"-price\", \"name\"]");
            case "offset" -> offset = (int) between(0, Selection.MAX_OFFSET, "an offset");
            case "limit" -> limit = between(1, Long.MAX_VALUE, "a limit");
            case "max" -> options = options.withMax(between(0, Long.MAX_VALUE, "a number of documents"));
            case "rate" -> options = options.withRate(rate());
            case "dryRun" -> options = options.withDryRun(in.bool("true or false"));
            case "fireTriggers" -> options = options.withFireTriggers(in.bool("true or false"));
            case "steps" -> become(name, new Action.Update(StepReader.steps(in), false));
            case "delete" -> delete();
            default -> operator(name);
        }
    }

    private CollectionName collection() {
        String path = in.text("the name of a collection");
        return in.checking(ProblemType.BAD_PATH, () -> new CollectionName(database, path));
    }

    private long between(long least, long greatest, String what) {
        String range = greatest == Long.MAX_VALUE
                ? what + ", an integer of at least " + least
                : what + ", an integer between " + least + " and " + greatest;
        long read = in.integer(range);
        if (read < least || read > greatest) {
            throw in.fault(ProblemType.BAD_VALUE, "expected " + range);
        }
        return read;
    }

    private double rate() {
        String what = "documents per second, a number between 0.1 and 1000000";
        double read = in.is(JsonToken.VALUE_NUMBER_INT) ? in.integer(what) : in.real(what);
        if (!(read >= UpdateByQuery.LEAST_RATE && read <= UpdateByQuery.GREATEST_RATE)) {
            throw in.fault(ProblemType.BAD_VALUE, "expected " + what);
        }
        return read;
    }

    private void delete() {
        if (!in.bool("true")) {
            throw in.fault(ProblemType.BAD_VALUE, "expected true; leave \"delete\" out otherwise");
        }
        become("delete", new Action.Delete());
    }

    private void operator(String name) {
        String instead = instead(name);
        if (instead != null) {
            throw in.fault(
                    ProblemType.UNKNOWN_MEMBER, "\"" + name + "\" is no member of an update by query: " + instead);
        }
        if (!operators.operator(name)) {
            throw in.fault(ProblemType.UNKNOWN_MEMBER, MemberHints.unknownOperator(name, MEMBERS));
        }
        claim("operators");
    }

    /** What to do where a single write would say {@code name}. */
    private static @Nullable String instead(String name) {
        return switch (name) {
            case "id" -> "the header Idempotency-Key carries the id";
            case "database" -> "the URL names the database";
            case "document" -> "\"where\" says which documents";
            case "if" -> "\"where\" is checked again for each document";
            case "upsert", "create" -> "it changes documents that are there, and creates none";
            case "replace", "mergePatch", "jsonPatch" -> "it takes operators, \"steps\" or \"delete\"";
            case "verify" -> "\"dryRun\": true tells what would match";
            case "return", "onInvalid", "stamp", "dialect" -> "only single writes and those of batches have it";
            default -> null;
        };
    }

    private void become(String kind, Action action) {
        claim(kind);
        this.action = action;
    }

    /** It does one thing; operators may come one by one. */
    private void claim(String claimed) {
        if (kind != null && !kind.equals(claimed)) {
            throw in.fault(
                    ProblemType.MALFORMED,
                    "an update by query does one thing, and this one has \"" + kind + "\" and \"" + claimed + "\"");
        }
        kind = claimed;
    }

    private Selection selection() {
        if (collection == null) {
            throw in.fault(ProblemType.BAD_VALUE, "the update by query has no \"collection\"");
        }
        if (where == null || (where.equals(Filter.ALWAYS) && !all)) {
            throw in.fault(
                    ProblemType.BAD_VALUE,
                    (where == null ? "\"where\" is missing" : "\"where\" is empty")
                            + "; all documents of the collection are meant by {\"where\": {}, \"all\": true}");
        }
        if (all && !where.equals(Filter.ALWAYS)) {
            throw fault("all", "\"all\" stands beside an empty \"where\" only");
        }
        boolean large = limit == null || limit > UpdateByQuery.MAX_AT_ONCE;
        if (large && !orderBy.isEmpty()) {
            throw fault(
                    "orderBy",
                    "\"orderBy\" needs a \"limit\" of at most " + UpdateByQuery.MAX_AT_ONCE
                            + ": what is larger goes through its collection by @id");
        }
        return new Selection(collection, where, orderBy, offset, limit);
    }

    private Action finishedAction() {
        if (kind == null) {
            throw in.fault(
                    ProblemType.MALFORMED, "there is nothing to do: it takes operators, \"steps\" or \"delete\": true");
        }
        return action == null ? new Action.Update(List.of(operators.step()), false) : action;
    }

    private ProblemException fault(String member, String detail) {
        return in.faultIn(member, Problem.of(ProblemType.BAD_VALUE, detail));
    }
}
