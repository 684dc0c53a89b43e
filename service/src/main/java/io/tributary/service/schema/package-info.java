/**
 * What the documents of collections must be like: JSON Schemas, compiled, and where they are kept. Knows neither HTTP nor
 * SQL; nothing here reads a file or asks the network for a schema.
 */
@NullMarked
package io.tributary.service.schema;

import org.jspecify.annotations.NullMarked;
