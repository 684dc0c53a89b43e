package io.tributary.service.document;

import io.tributary.change.Outcome;
import io.tributary.change.Problem;
import io.tributary.change.Problem.Violation;
import io.tributary.change.ProblemType;
import io.tributary.name.FieldPath;
import io.tributary.value.MapValue;
import io.tributary.write.Action;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Has a schema judge what an action makes of a document. Where invalid fields are skipped, takes out of the action what the
 * schema does not allow, and applies what is left anew, until the schema allows all of it.
 *
 * <p>A violation is laid at what gives the field its value in the action, takes it away, or is inside it; if nothing does,
 * at the map that the field is in, and so on outwards. What can be laid only at the document as a whole refuses the write.
 */
final class Judgement {

    /** Most is found in the first; each further one follows from what the one before has taken out. */
    private static final int MOST_ROUNDS = 16;

    private static final int MOST_SKIPPED = 1_000;
    private static final int MOST_LISTED = 50;

    private final Drafting drafting;
    private final DocumentSchema schema;
    private final List<Outcome.Skipped> skipped = new ArrayList<>();
    private final Set<Violation> found = new LinkedHashSet<>();

    Judgement(Drafting drafting, DocumentSchema schema) {
        this.drafting = drafting;
        this.schema = schema;
    }

    /** What {@code action} makes of the document, or as much of it as may be. */
    Draft draft(Action action) {
        Remainder remainder = new Remainder(action);
        for (int round = 1; ; round++) {
            Draft draft = drafting.draft(remainder.action());
            if (!(draft instanceof Draft.Data data)) {
                return draft;
            }
            Problem unseen = drafting.limits().unseen(data.data());
            if (unseen != null) {
                return new Draft.Refused(List.of(unseen));
            }
            List<Violation> violations = schema.violations(data.data());
            if (violations.isEmpty() || drafting.leaves(data.data())) {
                return data.with(skipped);
            }
            found.addAll(violations);
            if (!drafting.skips() || round == MOST_ROUNDS || !takeOut(remainder, data.data(), violations)) {
                return refused(ProblemType.SCHEMA_VIOLATION, "the document would violate the schema of its collection");
            }
            if (remainder.isEmpty()) {
                return refused(ProblemType.NOTHING_VALID, "the schema of the collection allows no field of the write");
            }
        }
    }

    /** Whether there was something to take out for each violation. */
    private boolean takeOut(Remainder remainder, MapValue data, List<Violation> violations) {
        List<FieldPath> taken = new ArrayList<>();
        for (Violation violation : violations) {
            FieldPath field = PlaceInJson.field(violation.pointer(), data);
            if (field == null || skipped.size() > MOST_SKIPPED) {
                return false;
            }
            if (taken.stream().noneMatch(earlier -> earlier.contains(field))) {
                List<FieldPath> more = takeOut(remainder, field);
                if (more.isEmpty()) {
                    return false;
                }
                more.forEach(path -> skipped.add(new Outcome.Skipped(path.toString(), problem(violation))));
                taken.addAll(more);
                taken.add(field);
            }
        }
        return true;
    }

    private static List<FieldPath> takeOut(Remainder remainder, FieldPath field) {
        for (int length = field.segments().size(); length > 0; length--) {
            List<FieldPath> taken =
                    remainder.take(new FieldPath(field.segments().subList(0, length)));
            if (!taken.isEmpty()) {
                return taken;
            }
        }
        return List.of();
    }

    private static Problem problem(Violation violation) {
        return Problem.of(ProblemType.SCHEMA_VIOLATION, violation.detail()).withViolations(List.of(violation));
    }

    private Draft refused(ProblemType type, String detail) {
        Violation first = found.iterator().next();
        String whole =
                "%s: %s %s".formatted(detail, first.pointer().isEmpty() ? "it" : first.pointer(), first.detail());
        return new Draft.Refused(List.of(Problem.of(type, whole).withViolations(listed(found))));
    }

    private static List<Violation> listed(Collection<Violation> violations) {
        return violations.stream().limit(MOST_LISTED).toList();
    }
}
