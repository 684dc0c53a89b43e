package io.tributary.trigger;

import io.tributary.name.FieldPath;
import org.jspecify.annotations.Nullable;

/**
 * What stands between <code>${</code> and {@code }}.
 *
 * @param variable what is meant
 * @param path the field of the data that is meant; null for the whole, and for what is not data
 */
public record Placeholder(Variable variable, @Nullable FieldPath path) {

    /** What a placeholder can mean. */
    public enum Variable {
        /** The name of the document: {@code collection/id}. */
        DOCUMENT("document"),
        /** The last segment of its name. */
        ID("document.id"),
        /** Its name without that. */
        COLLECTION("document.collection"),
        DATABASE("database"),
        /** The version that the change made. */
        VERSION("version"),
        /** When the change was committed, a timestamp. */
        TIME("time"),
        /** {@code create}, {@code update} or {@code delete}. */
        KIND("kind"),
        /** The caller, where there was one. */
        ACTOR("actor"),
        /** The data after the change. */
        AFTER("after"),
        /** The data before the change. */
        BEFORE("before");

        private final String text;

        Variable(String text) {
            this.text = text;
        }

        private boolean isData() {
            return this == AFTER || this == BEFORE;
        }
    }

    /**
     * Reads what stands between the braces.
     *
     * @throws IllegalArgumentException when it means nothing
     */
    public static Placeholder parse(String text) {
        for (Variable variable : Variable.values()) {
            if (text.equals(variable.text)) {
                return new Placeholder(variable, null);
            }
            if (variable.isData() && text.startsWith(variable.text + ".")) {
                return new Placeholder(variable, FieldPath.parse(text.substring(variable.text.length() + 1)));
            }
        }
        throw new IllegalArgumentException(
                "${" + text + "} means nothing; known are document, document.id,"
                        + " document.collection, database, version, time, kind, actor, after, before, and fields as after.stock");
    }

    /** As it stands in a template. */
    @Override
    public String toString() {
        return "${" + variable.text + (path == null ? "" : "." + path) + "}";
    }
}
