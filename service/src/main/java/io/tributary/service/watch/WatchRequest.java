package io.tributary.service.watch;

import io.tributary.service.watch.feed.Watched;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to watch what.
 *
 * @param snapshot whether to tell what is there before what changes
 * @param token where to go on, null to begin
 */
public record WatchRequest(
        Watched watched, boolean snapshot, @Nullable String token) {}
