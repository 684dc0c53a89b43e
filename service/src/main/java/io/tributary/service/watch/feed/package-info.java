/**
 * Owns this instance's own read of the changelog: one reader for all who watch, who are found by what they watch. Must not
 * import Spring, {@code store} or {@code http}.
 */
@NullMarked
package io.tributary.service.watch.feed;

import org.jspecify.annotations.NullMarked;
