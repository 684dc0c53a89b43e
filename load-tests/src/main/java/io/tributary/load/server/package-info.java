/**
 * Owns the processes that are measured, and the PostgreSQL server that they share. Must not import the service's classes: it
 * starts them on a class path of their own.
 */
@NullMarked
package io.tributary.load.server;

import org.jspecify.annotations.NullMarked;
