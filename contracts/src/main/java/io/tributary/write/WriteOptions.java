package io.tributary.write;

/**
 * How to answer a write and what to record beside the data.
 *
 * @param answer what the outcome carries
 * @param fireTriggers whether the change may fire triggers
 * @param onInvalid what becomes of the write when only some of its fields are valid
 * @param stamp overrides of what is kept beside the data
 */
public record WriteOptions(Return answer, boolean fireTriggers, OnInvalid onInvalid, Stamp stamp) {

    /** What a write has that says nothing else. */
    public static final WriteOptions DEFAULT = new WriteOptions(Return.CHANGES, true, OnInvalid.REJECT, Stamp.NONE);

    /** What an outcome carries, besides name, version and time. */
    public enum Return {
        MINIMAL,
        CHANGES,
        DOCUMENT
    }

    /** What becomes of a write when some of its fields are invalid. */
    public enum OnInvalid {
        /** The whole write is refused. */
        REJECT,
        /** The invalid fields are left out; refused only when nothing is left. */
        SKIP
    }

    public WriteOptions withAnswer(Return answer) {
        return new WriteOptions(answer, fireTriggers, onInvalid, stamp);
    }

    public WriteOptions withFireTriggers(boolean fireTriggers) {
        return new WriteOptions(answer, fireTriggers, onInvalid, stamp);
    }

    public WriteOptions withOnInvalid(OnInvalid onInvalid) {
        return new WriteOptions(answer, fireTriggers, onInvalid, stamp);
    }

    public WriteOptions withStamp(Stamp stamp) {
        return new WriteOptions(answer, fireTriggers, onInvalid, stamp);
    }
}
