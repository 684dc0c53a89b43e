/** Where the HTTP server listens, whom it lets in and how long it waits. Knows no routes. */
@NullMarked
package io.tributary.service.http.server;

import org.jspecify.annotations.NullMarked;
