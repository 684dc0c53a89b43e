/**
 * Owns the load over Kafka: records on an updates topic, and what comes of them on a changelog. Must not know which service is between the two.
 */
@NullMarked
package io.tributary.load.generator.kafka;

import org.jspecify.annotations.NullMarked;
