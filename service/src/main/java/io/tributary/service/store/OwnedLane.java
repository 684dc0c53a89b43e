package io.tributary.service.store;

import org.jspecify.annotations.Nullable;

/**
 * A lane, and whose it is.
 *
 * @param owner the instance that took it over last, which may be gone; null when none ever did
 */
public record OwnedLane(@Nullable String owner, LaneState state) {}
