/**
 * Owns the relay of the usual design, from the outbox table to Kafka, with Debezium's embedded engine. Must not import anything
 * of Tributary.
 */
@NullMarked
package io.tributary.load.peer.outbox;

import org.jspecify.annotations.NullMarked;
