package io.tributary.load.report;

import io.tributary.load.generator.Load;
import io.tributary.load.measure.Usage;

/**
 * One measured repetition.
 *
 * @param contender its name in the table
 * @param usage what its servers used meanwhile
 */
public record Trial(Workload workload, String contender, Load load, Usage usage) {}
