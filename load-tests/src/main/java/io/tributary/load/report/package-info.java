/** Owns what is told of a benchmark: trials, their medians, the table and the CSV. Must not drive or start anything. */
@NullMarked
package io.tributary.load.report;

import org.jspecify.annotations.NullMarked;
