/** A second, slow and obvious implementation of what writes and filters mean, and random cases to compare it with. */
@NullMarked
package io.tributary.service.document.model;

import org.jspecify.annotations.NullMarked;
