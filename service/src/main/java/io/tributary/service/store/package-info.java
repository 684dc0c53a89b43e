/** What the service keeps, as a port: {@link io.tributary.service.store.Store} for reads, {@link
 * io.tributary.service.store.Session} for lanes and commits. Knows no SQL; the adapter is in {@code postgres}. */
@NullMarked
package io.tributary.service.store;

import org.jspecify.annotations.NullMarked;
