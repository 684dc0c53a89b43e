/** What an operator is told when the service cannot start. Must not import other packages of the service. */
@NullMarked
package io.tributary.service.start;

import org.jspecify.annotations.NullMarked;
