/** Requests to read documents of a collection. Knows names and filters, not JSON, and reads nothing itself. */
@NullMarked
package io.tributary.query;

import org.jspecify.annotations.NullMarked;
