/**
 * Owns watches: what somebody is told, in which order, and where they go on when they come again. Must not import Spring,
 * Kafka or {@code http}; knows the changelog by the packages below.
 */
@NullMarked
package io.tributary.service.watch;

import org.jspecify.annotations.NullMarked;
