/**
 * The pure core: applies writes to documents, one or many, and orders documents. Knows no Reactor, no Spring, no SQL, no
 * Kafka and no clock.
 */
@NullMarked
package io.tributary.service.document;

import org.jspecify.annotations.NullMarked;
