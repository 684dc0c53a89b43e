/**
 * Owns how the changelog is read by who watches: positions in all lanes, and atomic batches put together again. Must not
 * import Spring, {@code store}, {@code http} or the packages beside it.
 */
@NullMarked
package io.tributary.service.watch.log;

import org.jspecify.annotations.NullMarked;
