package io.tributary.service.trigger;

import io.tributary.change.Change;
import io.tributary.name.FieldPath;
import io.tributary.service.document.filter.Filters;
import io.tributary.trigger.Placeholder;
import io.tributary.trigger.Trigger;
import io.tributary.value.IntegerValue;
import io.tributary.value.MapValue;
import io.tributary.value.StringValue;
import io.tributary.value.TimestampValue;
import io.tributary.value.Value;
import io.tributary.write.Subject;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A change that may fire triggers.
 *
 * @param lane whose changelog it is in
 */
record Occurrence(int lane, Change change) {

    /** What a follow-up's id tells of itself: how many triggers have led to it, one after another. */
    private static final Pattern FOLLOW_UP = Pattern.compile("t/([0-9]{1,3})/.*");

    /** Whether a trigger is to be fired. */
    boolean fires(Trigger trigger) {
        return trigger.on().contains(change.kind())
                && (change.kind() != Change.Kind.UPDATE || changesOneOf(trigger.changed()))
                && Filters.matches(trigger.where(), this::valueOf);
    }

    private boolean changesOneOf(List<FieldPath> fields) {
        return fields.isEmpty()
                || Stream.concat(change.changed().stream(), change.removed().stream())
                        .map(FieldPath::parse)
                        .anyMatch(path ->
                                fields.stream().anyMatch(field -> field.contains(path) || path.contains(field)));
    }

    /** What a filter sees of the document after the change; when that was its creation, no change tells. */
    private @Nullable Value valueOf(Subject subject) {
        boolean exists = change.kind() != Change.Kind.DELETE;
        if (subject instanceof Subject.Field(FieldPath path)) {
            return change.after() == null ? null : change.after().get(path);
        }
        if (!(subject instanceof Subject.SystemField field)) {
            return null;
        }
        return switch (field) {
            case ID -> new StringValue(change.document().id());
            case DOCUMENT -> new StringValue(change.document().path());
            case VERSION -> new IntegerValue(exists ? change.version() : 0);
            case TIME, UPDATED_AT -> exists ? new TimestampValue(change.time()) : null;
            case UPDATED_BY -> exists ? text(change.origin().actor()) : null;
            case CREATED_AT, CREATED_BY -> null;
        };
    }

    /** The value of a placeholder; null where it leads nowhere. */
    @Nullable
    Value valueOf(Placeholder placeholder) {
        return switch (placeholder.variable()) {
            case DOCUMENT -> new StringValue(change.document().path());
            case ID -> new StringValue(change.document().id());
            case COLLECTION -> new StringValue(change.document().collection());
            case DATABASE -> new StringValue(change.document().database());
            case VERSION -> new IntegerValue(change.version());
            case TIME -> new TimestampValue(change.time());
            case KIND -> new StringValue(change.kind().wireName());
            case ACTOR -> text(change.origin().actor());
            case AFTER -> data(change.after(), placeholder.path());
            case BEFORE -> data(change.before(), placeholder.path());
        };
    }

    private static @Nullable Value data(@Nullable MapValue data, @Nullable FieldPath path) {
        return data == null || path == null ? data : data.get(path);
    }

    private static @Nullable Value text(@Nullable String text) {
        return text == null ? null : new StringValue(text);
    }

    /** How many triggers have led to this change, one after another. */
    int depth() {
        Change.Batch batch = change.origin().batch();
        String id = batch == null ? change.origin().id() : batch.id();
        Matcher followUp = FOLLOW_UP.matcher(id == null ? "" : id);
        return followUp.matches() ? Integer.parseInt(followUp.group(1)) : 0;
    }

    /** Tells what a trigger does here from all that it, or another, does elsewhere; the same after each restart. */
    String id(String trigger) {
        return trigger + "/" + lane + "/" + change.sequence();
    }

    /** The id of the follow-up that a trigger writes. */
    String followUpId(String trigger) {
        return "t/" + (depth() + 1) + "/" + id(trigger);
    }
}
