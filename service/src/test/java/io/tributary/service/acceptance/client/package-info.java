/**
 * What the client library promises, tried against the real service. Must not import anything of the service but what {@code
 * driver} gives it.
 */
@NullMarked
package io.tributary.service.acceptance.client;

import org.jspecify.annotations.NullMarked;
