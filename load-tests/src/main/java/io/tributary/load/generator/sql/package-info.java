/**
 * Owns the lean clients that drive PostgreSQL itself, with the one statement that the usual design comes down to. Must not know where the server comes from.
 */
@NullMarked
package io.tributary.load.generator.sql;

import org.jspecify.annotations.NullMarked;
