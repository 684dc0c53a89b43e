/**
 * Bulks of writes, a line each: bodies of any size in and answers out, with a bounded number of writes under way. Submits
 * them as any caller does; knows nothing of the store.
 */
@NullMarked
package io.tributary.service.http.bulk;

import org.jspecify.annotations.NullMarked;
