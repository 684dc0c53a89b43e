package io.tributary.service.document.filter;

import io.tributary.value.MapValue;
import io.tributary.value.Value;
import io.tributary.write.Subject;
import org.jspecify.annotations.Nullable;

/** What the subjects of filters and orders stand for in one document or array element. */
@FunctionalInterface
public interface Subjects {

    /** The value of {@code subject}, null when it is missing. */
    @Nullable
    Value valueOf(Subject subject);

    /** An array element: itself and, when it is a map, its fields. It has no system fields. */
    static Subjects ofElement(Value element) {
        return subject -> switch (subject) {
            case Subject.Element() -> element;
            case Subject.Field(var path) -> element instanceof MapValue map ? map.get(path) : null;
            case Subject.SystemField system -> null;
        };
    }
}
