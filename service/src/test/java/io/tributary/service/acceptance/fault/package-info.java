/**
 * What the service promises when processes are killed, servers go away and callers hang up. Like the package above it, it
 * meets the service only through {@code driver}.
 */
@NullMarked
package io.tributary.service.acceptance.fault;

import org.jspecify.annotations.NullMarked;
