/** The PostgreSQL and Kafka servers that start with the service when no others are named. Not part of the production image. */
@NullMarked
package io.tributary.service.embedded;

import org.jspecify.annotations.NullMarked;
