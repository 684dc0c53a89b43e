/** Publishes committed turns to the changelog, in order, and finds out after a take-over where to go on. */
@NullMarked
package io.tributary.service.changelog;

import org.jspecify.annotations.NullMarked;
