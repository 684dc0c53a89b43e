package io.tributary.json;

/** Which of its forms a value is written in. All are read by the same reader. */
enum Form {
    /** As callers and the changelog get it. */
    WIRE,
    /** The same, with integers beyond ±(2⁵³ − 1) as {@code @integer}. */
    WIRE_LARGE_INTEGERS_AS_STRINGS,
    /** As PostgreSQL's {@code jsonb} gives it back unchanged. */
    STORED,
    /** With sorted members: equal for identical values. */
    CANONICAL;

    static Form of(IntegerForm integers) {
        return integers == IntegerForm.STRING ? WIRE_LARGE_INTEGERS_AS_STRINGS : WIRE;
    }
}
