/**
 * Fires triggers: follows the changelog, and for each change that a trigger waits for writes what it says or calls its
 * webhook.
 */
@NullMarked
package io.tributary.service.trigger;

import org.jspecify.annotations.NullMarked;
