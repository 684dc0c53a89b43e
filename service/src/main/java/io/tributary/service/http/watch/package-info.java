/**
 * Owns how watches are sent: one as a stream of server-sent events, many over a WebSocket. Must not import {@code store},
 * {@code lane} or Kafka's clients.
 */
@NullMarked
package io.tributary.service.http.watch;

import org.jspecify.annotations.NullMarked;
