package io.tributary.load.measure;

import java.time.Duration;
import java.util.Optional;

/**
 * The CPU time that a contender's servers used during a run.
 *
 * @param service that of its own process; nothing where it has none
 * @param postgres that of all processes of its PostgreSQL server; nothing where it has none, or none on this machine
 */
public record Usage(Optional<Duration> service, Optional<Duration> postgres) {}
