/**
 * Owns the endpoint that keeps nothing, the limit of HTTP and JSON on a machine. Must not import anything of Tributary.
 */
@NullMarked
package io.tributary.load.peer.echo;

import org.jspecify.annotations.NullMarked;
