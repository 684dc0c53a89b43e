/** Servers in containers, for the integration tests of this module and of the service; must import nothing of either. */
@NullMarked
package io.tributary.servers;

import org.jspecify.annotations.NullMarked;
