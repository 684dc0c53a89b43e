package io.tributary.service.document.patch;

import java.time.Instant;

/**
 * What operators may know besides the data.
 *
 * @param time the time of the commit
 * @param creates whether the write creates the document
 * @param id the document's id
 */
public record Occasion(Instant time, boolean creates, String id) {}
