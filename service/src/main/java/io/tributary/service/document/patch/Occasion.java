package io.tributary.service.document.patch;

import java.time.Instant;

/**
 * What operators may know besides the data.
 *
 * @param time the time of the commit
 * @param creates whether the write creates the document
 */
public record Occasion(Instant time, boolean creates) {}
