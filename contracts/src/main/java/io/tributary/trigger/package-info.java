/** Triggers: what is to happen when documents change. */
@NullMarked
package io.tributary.trigger;

import org.jspecify.annotations.NullMarked;
