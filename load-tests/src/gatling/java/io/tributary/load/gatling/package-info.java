/**
 * Owns the load test for an installation that runs already, of whatever size. Must not import the rest of the load tests; it is
 * compiled in the profile {@code gatling} alone.
 */
@NullMarked
package io.tributary.load.gatling;

import org.jspecify.annotations.NullMarked;
