/** Owns names, shape and creation of the service's topics. Must not import other packages of this module. */
@NullMarked
package io.tributary.kafka.topics;

import org.jspecify.annotations.NullMarked;
