/**
 * The client's requests and answers as bytes, and the HTTP client that carries them. For {@code io.tributary.client} alone;
 * knows names, neither writes nor JSON.
 */
@NullMarked
package io.tributary.client.http;

import org.jspecify.annotations.NullMarked;
