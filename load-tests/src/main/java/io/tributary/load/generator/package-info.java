/**
 * Owns the load: documents, requests, records, and how fast they are answered. Must not import the servers that it drives; it
 * knows their addresses.
 */
@NullMarked
package io.tributary.load.generator;

import org.jspecify.annotations.NullMarked;
