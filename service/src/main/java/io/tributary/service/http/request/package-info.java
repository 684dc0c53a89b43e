/**
 * What a request says, read strictly: path, parameters, conditions, preferences, body. Everything that cannot be read ends
 * in a {@link io.tributary.service.http.request.Refusal}. Must not import the store, the lanes or the intake.
 */
@NullMarked
package io.tributary.service.http.request;

import org.jspecify.annotations.NullMarked;
