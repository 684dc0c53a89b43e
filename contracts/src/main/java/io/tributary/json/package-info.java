/**
 * The one JSON form of writes, filters, values, changes, outcomes and problems: strict where it reads what callers send,
 * tolerant of unknown members where it reads what the service sent. Streams with Jackson's core and knows no databind, no
 * HTTP and no Kafka.
 */
@NullMarked
package io.tributary.json;

import org.jspecify.annotations.NullMarked;
