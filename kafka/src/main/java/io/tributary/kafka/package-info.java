/**
 * Owns Reactor over plain Kafka clients, in the packages below. Must not import Spring or R2DBC.
 */
@NullMarked
package io.tributary.kafka;

import org.jspecify.annotations.NullMarked;
