package io.tributary.load.measure;

import java.util.OptionalLong;

/**
 * The most memory that a contender's servers had, in bytes; nothing where the system does not tell, or there is no such
 * server.
 *
 * @param resident of its own process
 * @param heap of its own process, where that is a JVM
 * @param postgres of all processes of its PostgreSQL server together, while this contender was measured
 */
public record Memory(OptionalLong resident, OptionalLong heap, OptionalLong postgres) {}
