/**
 * What an operator is told when the service cannot start, and how long a start waits for servers. Must not import other
 * packages of the service.
 */
@NullMarked
package io.tributary.service.start;

import org.jspecify.annotations.NullMarked;
