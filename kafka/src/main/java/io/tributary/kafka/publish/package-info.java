/**
 * Owns sending records in order, and stopping before order is lost. Must not import other packages of this module.
 */
@NullMarked
package io.tributary.kafka.publish;

import org.jspecify.annotations.NullMarked;
