/**
 * Expressions of {@code compute}, in the Common Expression Language (https://cel.dev): checked when they are read, evaluated
 * on the data of one document. Knows values only.
 */
@NullMarked
package io.tributary.service.document.compute;

import org.jspecify.annotations.NullMarked;
