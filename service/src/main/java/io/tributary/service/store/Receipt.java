package io.tributary.service.store;

import java.util.Set;

/**
 * How a commit went.
 *
 * @param held the lanes that were locked at their epoch
 * @param taken the lanes whose turn was written, with all that belongs to it
 */
public record Receipt(Set<Integer> held, Set<Integer> taken) {}
