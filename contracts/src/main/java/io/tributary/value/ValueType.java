package io.tributary.value;

import java.util.Locale;

/** The types of values, as filters ({@code type}) and problems ({@code expected}, {@code actual}) name them. */
public enum ValueType {
    NULL,
    BOOLEAN,
    INTEGER,
    DOUBLE,
    /** Both {@link #INTEGER} and {@link #DOUBLE}; no value has this type itself. */
    NUMBER,
    TIMESTAMP,
    STRING,
    BYTES,
    REFERENCE,
    GEOPOINT,
    ARRAY,
    VECTOR,
    MAP;

    /** The name on the wire: lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a value of type {@code actual} is of this type. */
    public boolean includes(ValueType actual) {
        return this == actual || (this == NUMBER && (actual == INTEGER || actual == DOUBLE));
    }
}
