/**
 * What the whole service promises, tried on the real one: a process of its own with real servers, met only through HTTP and
 * Kafka. Must not import anything of the service but what {@code driver} needs to find it.
 */
@NullMarked
package io.tributary.service.acceptance;

import org.jspecify.annotations.NullMarked;
