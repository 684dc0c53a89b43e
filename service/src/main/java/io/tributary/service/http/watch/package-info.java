/** Owns how watches are sent over HTTP. Must not import {@code store}, {@code lane} or Kafka's clients. */
@NullMarked
package io.tributary.service.http.watch;

import org.jspecify.annotations.NullMarked;
