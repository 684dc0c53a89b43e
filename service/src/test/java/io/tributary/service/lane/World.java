package io.tributary.service.lane;

import io.tributary.service.changelog.Changelog;
import io.tributary.service.store.InMemoryStore;
import io.tributary.service.store.Session;
import java.util.Set;

/** What a simulation runs on. What is not overridden is as it should be. */
interface World {

    /** All is as it should be. */
    World RIGHT = new World() {};

    /** What the store's statements do wrong. */
    default Set<InMemoryStore.Flaw> flawsOfTheStore() {
        return Set.of();
    }

    /** What the intake of records does wrong. */
    default Set<FakeUpdates.Flaw> flawsOfTheIntake() {
        return Set.of();
    }

    /** How a session is used. */
    default Session session(Session right) {
        return right;
    }

    /** How the changelog is used. */
    default Changelog changelog(Changelog right) {
        return right;
    }

    /** Whether the producer gives up records that have waited for the broker. */
    default boolean deliveryTimesOut() {
        return false;
    }

    /** Whether the store ends a transaction that somebody sits in. */
    default boolean transactionsTimeOut() {
        return true;
    }
}
