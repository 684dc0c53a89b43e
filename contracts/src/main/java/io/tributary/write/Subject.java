package io.tributary.write;

import io.tributary.name.FieldPath;
import java.util.Arrays;
import java.util.Optional;

/** What a condition of a {@link Filter} or a {@link SortKey} speaks about. */
public sealed interface Subject {

    /**
     * The field or system field called {@code name}: {@code address.city}, {@code @version}.
     *
     * @throws IllegalArgumentException when it is neither
     */
    static Subject of(String name) {
        if (!name.startsWith("@")) {
            return new Field(FieldPath.parse(name));
        }
        return SystemField.named(name)
                .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" is no system field"));
    }

    /** A field of the document, or of an element that is a map. */
    record Field(FieldPath path) implements Subject {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** The array element itself, in {@code elemMatch} and {@code removeWhere}. */
    record Element() implements Subject {
        @Override
        public String toString() {
            return "(the element)";
        }
    }

    /** What the service keeps beside the data. */
    enum SystemField implements Subject {
        ID("@id"),
        DOCUMENT("@document"),
        VERSION("@version"),
        TIME("@time"),
        CREATED_AT("@createdAt"),
        UPDATED_AT("@updatedAt"),
        CREATED_BY("@createdBy"),
        UPDATED_BY("@updatedBy");

        private final String wireName;

        SystemField(String wireName) {
            this.wireName = wireName;
        }

        /** The system field called {@code wireName}, with its {@code @}. */
        public static Optional<SystemField> named(String wireName) {
            return Arrays.stream(values())
                    .filter(field -> field.wireName.equals(wireName))
                    .findFirst();
        }

        @Override
        public String toString() {
            return wireName;
        }
    }
}
