/**
 * The values that documents are made of, their order and their equality. Immutable; knows names, but neither JSON nor
 * writes.
 */
@NullMarked
package io.tributary.value;

import org.jspecify.annotations.NullMarked;
