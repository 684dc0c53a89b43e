/** Owns what processes cost: CPU time and memory. Must not know what the processes do. */
@NullMarked
package io.tributary.load.measure;

import org.jspecify.annotations.NullMarked;
