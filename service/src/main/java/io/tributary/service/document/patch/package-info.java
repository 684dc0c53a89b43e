/**
 * Applies operators, merge patches and JSON Patches to the data of one document. Knows values only: no versions, no
 * limits, no conditions.
 */
@NullMarked
package io.tributary.service.document.patch;

import org.jspecify.annotations.NullMarked;
