/**
 * Owns the application's entry point and, in one file, its object graph. Imported by nothing.
 */
@NullMarked
package io.tributary.service;

import org.jspecify.annotations.NullMarked;
