/** Where HTTP and Kafka meet: both become {@link io.tributary.service.lane.Entry entries}, admitted to lanes. */
@NullMarked
package io.tributary.service.intake;

import org.jspecify.annotations.NullMarked;
