/** The {@link io.tributary.service.store.Store} on PostgreSQL: tables, statements and connections. All SQL of the service
 * is in here; it decides nothing that its callers could decide. */
@NullMarked
package io.tributary.service.store.postgres;

import org.jspecify.annotations.NullMarked;
