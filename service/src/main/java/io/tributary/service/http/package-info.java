/**
 * The HTTP interface: what URLs there are, and what each method does with the ports behind it. Decoding is in {@code
 * request}, status codes are in {@code reply}, sockets in {@code server}; decisions are elsewhere.
 */
@NullMarked
package io.tributary.service.http;

import org.jspecify.annotations.NullMarked;
