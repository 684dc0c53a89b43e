/**
 * Owns reading the partitions of a topic in order, on one thread, from offsets that others keep. Must not import other
 * packages of this module.
 */
@NullMarked
package io.tributary.kafka.intake;

import org.jspecify.annotations.NullMarked;
