/** Where HTTP and Kafka meet: both become {@link io.tributary.service.lane.Submission}s, admitted to lanes. */
@NullMarked
package io.tributary.service.intake;

import org.jspecify.annotations.NullMarked;
