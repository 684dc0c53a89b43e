/**
 * Owns the benchmark: what is measured, in which order, and whether any write was lost. Must not import the service: it is
 * started as a process of its own and driven through its public interface only.
 */
@NullMarked
package io.tributary.load;

import org.jspecify.annotations.NullMarked;
