package io.tributary.query;

import java.time.Instant;

/**
 * What the documents of a collection must be like.
 *
 * @param collection its path
 * @param version 1 for the first schema, one more for each that follows
 * @param schema a JSON Schema, as text
 * @param createdAt when the collection got a schema
 * @param updatedAt when it got this one
 */
public record CollectionSchema(String collection, long version, String schema, Instant createdAt, Instant updatedAt) {}
