/**
 * Owns the callers that drive a server over HTTP, by a closed or an open loop. Must not know which server it is.
 */
@NullMarked
package io.tributary.load.generator.http;

import org.jspecify.annotations.NullMarked;
