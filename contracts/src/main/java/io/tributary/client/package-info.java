/**
 * The client of the service's HTTP interface: writes, batches, reads, queries and transactions, as Reactor publishers.
 * Knows the model and its JSON; begins no thread of its own and blocks none.
 */
@NullMarked
package io.tributary.client;

import org.jspecify.annotations.NullMarked;
