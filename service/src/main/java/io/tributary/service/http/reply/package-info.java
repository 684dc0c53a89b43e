/**
 * What a request is answered with: documents, outcomes and, translated in one place, problems. Must not import the store's
 * statements or decide about writes.
 */
@NullMarked
package io.tributary.service.http.reply;

import org.jspecify.annotations.NullMarked;
