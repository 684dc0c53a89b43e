package io.tributary.json;

/** How integers beyond ±(2⁵³ − 1) are written, which many readers of JSON would round. */
public enum IntegerForm {
    /** As numbers. */
    NUMBER,
    /** As {@code {"@integer": "9007199254740993"}}. */
    STRING
}
