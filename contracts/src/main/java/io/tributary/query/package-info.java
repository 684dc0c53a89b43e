/** Requests to read or change documents of a collection, and what became of them. Knows names, filters and actions, not
 * JSON, and does nothing itself. */
@NullMarked
package io.tributary.query;

import org.jspecify.annotations.NullMarked;
