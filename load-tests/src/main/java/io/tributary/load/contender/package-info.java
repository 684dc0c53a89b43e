/**
 * Owns what is measured: how each contender is started, filled, driven and asked for its sum. Must not import the code of the peers or of the service: they run on class paths of their own.
 */
@NullMarked
package io.tributary.load.contender;

import org.jspecify.annotations.NullMarked;
