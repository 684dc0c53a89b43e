/** What the service keeps: the {@link io.tributary.service.store.Store} port and its PostgreSQL adapter. Makes no
 * decisions; SQL stays in here. */
@NullMarked
package io.tributary.service.store;

import org.jspecify.annotations.NullMarked;
