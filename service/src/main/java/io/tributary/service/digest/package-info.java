/** What the service makes fingerprints with. Knows nothing but the JDK. */
@NullMarked
package io.tributary.service.digest;

import org.jspecify.annotations.NullMarked;
