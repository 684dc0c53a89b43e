/** Several instances over one PostgreSQL and one Kafka. */
@NullMarked
package io.tributary.service.acceptance.cluster;

import org.jspecify.annotations.NullMarked;
