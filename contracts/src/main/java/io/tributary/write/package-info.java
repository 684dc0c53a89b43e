/**
 * Requests to change documents: what a caller asks for, validated in itself and without any document at hand. Knows
 * names and values, not JSON; nothing here applies a write.
 */
@NullMarked
package io.tributary.write;

import org.jspecify.annotations.NullMarked;
