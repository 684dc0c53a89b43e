/**
 * Owns the plain handler that the service is measured beside: an ordinary Spring WebFlux and R2DBC application, written as well as that can be. Must not import anything of Tributary.
 */
@NullMarked
package io.tributary.load.peer.plain;

import org.jspecify.annotations.NullMarked;
