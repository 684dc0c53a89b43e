/**
 * Executes queries over the pages of a store: filters, orders, counts, and remembers in a cursor where to go on. Knows
 * neither HTTP nor JSON requests nor SQL.
 */
@NullMarked
package io.tributary.service.query;

import org.jspecify.annotations.NullMarked;
