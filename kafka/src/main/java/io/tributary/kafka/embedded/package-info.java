/**
 * Owns the Kafka broker that runs inside this JVM when no other is named. Its dependencies are optional: nothing else
 * of this module may import it, and a production class path does not have what it needs.
 */
@NullMarked
package io.tributary.kafka.embedded;

import org.jspecify.annotations.NullMarked;
