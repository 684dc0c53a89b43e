/** The serial order of writes: lanes, and the committers that batch, apply and commit what waits in them. Knows neither
 * Spring nor R2DBC nor Kafka; takes clock, store and scheduler as parameters. */
@NullMarked
package io.tributary.service.lane;

import org.jspecify.annotations.NullMarked;
