/**
 * Requests to read or change documents of a collection, what became of them, and documents as they were read. Knows names,
 * values, filters and actions, not JSON, and does nothing itself.
 */
@NullMarked
package io.tributary.query;

import org.jspecify.annotations.NullMarked;
