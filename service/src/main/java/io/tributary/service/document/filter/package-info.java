/**
 * Judges filters and orders what they speak about, wherever it comes from. Knows values only: no document state, no
 * writes' effects.
 */
@NullMarked
package io.tributary.service.document.filter;

import org.jspecify.annotations.NullMarked;
