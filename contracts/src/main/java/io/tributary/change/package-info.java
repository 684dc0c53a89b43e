/**
 * What became of a write: the {@link io.tributary.change.Change} on the changelog, the outcome for its caller, the
 * problem that refused it.
 */
@NullMarked
package io.tributary.change;

import org.jspecify.annotations.NullMarked;
