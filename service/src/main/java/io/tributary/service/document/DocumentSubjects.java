package io.tributary.service.document;

import io.tributary.service.document.filter.Subjects;
import io.tributary.value.IntegerValue;
import io.tributary.value.StringValue;
import io.tributary.value.TimestampValue;
import io.tributary.value.Value;
import io.tributary.write.Subject;
import org.jspecify.annotations.Nullable;

/**
 * What filters and orders see of a document. One that does not exist has its name and version 0, and nothing else: a
 * deleted document looks like one that never was.
 */
record DocumentSubjects(DocumentState state) implements Subjects {

    @Override
    public @Nullable Value valueOf(Subject subject) {
        return switch (subject) {
            case Subject.Field(var path) ->
                state.data() == null ? null : state.data().get(path);
            case Subject.Element() -> null;
            case Subject.SystemField field -> valueOf(field);
        };
    }

    private @Nullable Value valueOf(Subject.SystemField field) {
        DocumentState.Lifetime lifetime = state.exists() ? state.lifetime() : null;
        return switch (field) {
            case ID -> new StringValue(state.name().id());
            case DOCUMENT -> new StringValue(state.name().path());
            case VERSION -> new IntegerValue(state.visibleVersion());
            case TIME -> lifetime == null ? null : new TimestampValue(lifetime.time());
            case CREATED_AT -> lifetime == null ? null : new TimestampValue(lifetime.createdAt());
            case UPDATED_AT -> lifetime == null ? null : new TimestampValue(lifetime.updatedAt());
            case CREATED_BY -> lifetime == null ? null : text(lifetime.createdBy());
            case UPDATED_BY -> lifetime == null ? null : text(lifetime.updatedBy());
        };
    }

    private static @Nullable Value text(@Nullable String text) {
        return text == null ? null : new StringValue(text);
    }
}
