package io.tributary.load.report;

import io.tributary.load.generator.Load;
import java.time.Duration;

/**
 * One measured repetition.
 *
 * @param server the server's name in the table
 * @param serverCpu the CPU time of the server's process meanwhile
 */
public record Trial(Workload workload, String server, Load load, Duration serverCpu) {}
