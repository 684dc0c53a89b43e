/**
 * Owns the Kafka Streams application that the service is measured beside, exactly once from updates over a state store to
 * changes. Must not import anything of Tributary.
 */
@NullMarked
package io.tributary.load.peer.streams;

import org.jspecify.annotations.NullMarked;
