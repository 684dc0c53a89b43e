/**
 * Owns the microbenchmarks: what one write costs within the service, without network, PostgreSQL or Kafka. Must not import the
 * rest of the load tests; it is compiled in the profile {@code micro} alone, where the service's classes are at hand.
 */
@NullMarked
package io.tributary.load.micro;

import org.jspecify.annotations.NullMarked;
