/**
 * Owns the load generators. Must not import the service: it drives the public interface only.
 */
@NullMarked
package io.tributary.load;

import org.jspecify.annotations.NullMarked;
