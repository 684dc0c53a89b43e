/** Routes, decoding and status codes; nothing else. */
@NullMarked
package io.tributary.service.http;

import org.jspecify.annotations.NullMarked;
