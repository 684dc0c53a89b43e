package io.tributary.load.generator;

/** Sends increments of a corpus' counters to one server, over the way that this server takes. */
@FunctionalInterface
public interface LoadGenerator {

    /**
     * Sends what is asked for, and waits for the last answers. Blocks.
     *
     * @throws IllegalStateException when the server cannot be reached
     */
    Load drive(Traffic traffic);
}
