package io.tributary.load.generator;

import java.time.Duration;

/**
 * Increments by one, each a write of its own whose answer is awaited.
 *
 * @param length for how long writes are sent; the last answers are awaited beyond it
 */
public record Traffic(Keys keys, Pace pace, Duration length) {}
