/** What operators see: meters and health. Watches the other packages; none of them knows it. */
@NullMarked
package io.tributary.service.observe;

import org.jspecify.annotations.NullMarked;
