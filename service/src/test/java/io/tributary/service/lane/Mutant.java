package io.tributary.service.lane;

import io.tributary.name.DocumentName;
import io.tributary.service.changelog.Changelog;
import io.tributary.service.changelog.Publication;
import io.tributary.service.store.AlteredSession;
import io.tributary.service.store.Commit;
import io.tributary.service.store.IdempotencyKey;
import io.tributary.service.store.InMemoryStore.Flaw;
import io.tributary.service.store.LaneState;
import io.tributary.service.store.Locked;
import io.tributary.service.store.Receipt;
import io.tributary.service.store.Session;
import io.tributary.service.store.StoreException;
import io.tributary.service.store.StoreException.Kind;
import io.tributary.service.store.StoredTurn;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Implementations that one could take for right, and that break a promise once in a while. */
enum Mutant implements World {

    // ---- turns follow one another, and epochs never go down ----

    FENCES_BY_A_SUBSELECT {
        @Override
        public Set<Flaw> flawsOfTheStore() {
            return Set.of(Flaw.FENCED_BY_A_SUBSELECT);
        }
    },

    // ---- each version is computed from the one before ----

    CHECKS_WITH_A_CONSTANT {
        @Override
        public Set<Flaw> flawsOfTheStore() {
            return Set.of(Flaw.CHECK_FOLDED_INTO_A_CONSTANT);
        }
    },

    // ---- who plans under locks sees the newest state ----

    LOADS_WITH_THE_LOCK {
        @Override
        public Set<Flaw> flawsOfTheStore() {
            return Set.of(Flaw.LOADED_WITH_THE_LOCK);
        }
    },

    LOADS_WITH_THE_LOCK_AND_CHECKS_NO_VERSION {
        @Override
        public Set<Flaw> flawsOfTheStore() {
            return Set.of(Flaw.LOADED_WITH_THE_LOCK, Flaw.VERSIONS_UNCHECKED);
        }
    },

    // ---- a new owner begins where the one before has ended ----

    TAKES_OVER_IN_ONE_STATEMENT {
        @Override
        public Set<Flaw> flawsOfTheStore() {
            return Set.of(Flaw.TAKEN_OVER_IN_ONE_STATEMENT);
        }
    },

    // ---- what is acknowledged is committed, and what is said not to be never will be ----

    TAKES_A_ROW_FOR_A_COMMIT {
        @Override
        public Session session(Session right) {
            return new AlteredSession(right) {
                @Override
                public Mono<Receipt> commit(Commit commit) {
                    Set<Integer> lanes = lanesOf(commit);
                    return super.commit(commit)
                            .onErrorResume(
                                    failure -> failure instanceof StoreException known && known.kind() == Kind.UNKNOWN,
                                    failure -> Mono.just(new Receipt(lanes, lanes)));
                }
            };
        }
    },

    ASKS_WITHOUT_FENCING_ITSELF {
        @Override
        public Session session(Session right) {
            return new AlteredSession(right) {
                @Override
                public Mono<Long> fence(int lane, long epoch) {
                    return super.lanes(Set.of(lane))
                            .map(lanes -> lanes.get(lane).epoch())
                            .filter(now -> now == epoch);
                }
            };
        }
    },

    // ---- each id has one outcome ----

    FORGETS_REFUSALS {
        @Override
        public Session session(Session right) {
            return new AlteredSession(right) {
                @Override
                public Mono<Receipt> commit(Commit commit) {
                    return super.commit(withoutRefusals(commit));
                }

                @Override
                public Mono<Receipt> commitLocked(
                        Map<Integer, Long> epochs,
                        Collection<DocumentName> documents,
                        Collection<IdempotencyKey> keys,
                        Function<Locked, Commit> plan) {
                    return super.commitLocked(epochs, documents, keys, plan.andThen(Mutant::withoutRefusals));
                }
            };
        }
    },

    // ---- the changelog's first occurrences are 1, 2, 3 … ----

    LETS_DELIVERIES_TIME_OUT {
        @Override
        public boolean deliveryTimesOut() {
            return true;
        }
    },

    SENDS_ROWS_UNSORTED {
        @Override
        public Session session(Session right) {
            return new AlteredSession(right) {
                @Override
                public Mono<List<StoredTurn>> turns(int lane, long after, int limit) {
                    return super.turns(lane, after, limit).map(List::reversed);
                }
            };
        }
    },

    COUNTS_THE_LARGEST_ACKNOWLEDGEMENT {
        @Override
        public boolean deliveryTimesOut() {
            return true;
        }

        @Override
        public Changelog changelog(Changelog right) {
            return new LargestAcknowledgement(right);
        }
    },

    // ---- each record is in exactly one turn's range of offsets ----

    GOES_ON_BEHIND_BATCHES {
        @Override
        public Set<FakeUpdates.Flaw> flawsOfTheIntake() {
            return Set.of(FakeUpdates.Flaw.GOES_ON_BEHIND_BATCHES);
        }
    },

    // ---- what a batch has read holds at its turn ----

    LOCKS_NO_READS {
        @Override
        public Set<Flaw> flawsOfTheStore() {
            return Set.of(Flaw.READ_WITHOUT_LOCKS);
        }
    },

    // ---- time rises in a lane ----

    KEEPS_ITS_OWN_TIME {
        @Override
        public Set<Flaw> flawsOfTheStore() {
            return Set.of(Flaw.TIMES_UNCHECKED);
        }

        @Override
        public Session session(Session right) {
            return new TimelessSession(right);
        }
    },

    // ---- who owns a lane commits, sooner or later ----

    IS_OPTIMISTIC_FOR_EVER {
        @Override
        public Session session(Session right) {
            return new AlteredSession(right) {
                @Override
                public Mono<Receipt> commitLocked(
                        Map<Integer, Long> epochs,
                        Collection<DocumentName> documents,
                        Collection<IdempotencyKey> keys,
                        Function<Locked, Commit> plan) {
                    return super.lanes(epochs.keySet())
                            .flatMap(lanes -> super.load(documents, keys)
                                    .flatMap(loaded -> super.commit(plan.apply(new Locked(lanes, loaded)))));
                }
            };
        }
    },

    STOPS_AT_A_LOST_FENCE {
        @Override
        public Set<FakeUpdates.Flaw> flawsOfTheIntake() {
            return Set.of(FakeUpdates.Flaw.STOPS_AT_A_LOST_FENCE);
        }
    },

    LETS_TRANSACTIONS_SIT {
        @Override
        public boolean transactionsTimeOut() {
            return false;
        }
    },

    // ---- a record is applied in its document's lane, wherever it lies ----

    APPLIES_RECORDS_WHERE_IT_FINDS_THEM {
        @Override
        public Set<FakeUpdates.Flaw> flawsOfTheIntake() {
            return Set.of(FakeUpdates.Flaw.APPLIES_WHERE_IT_FINDS);
        }
    },

    // ---- what was taken is settled before anything else is asked ----

    ASKS_BEFORE_IT_SETTLES {
        @Override
        public Session session(Session right) {
            return new AlteredSession(right) {
                @Override
                public Mono<Receipt> commit(Commit commit) {
                    return super.commit(commit).flatMap(receipt -> {
                        Set<Integer> missed = lanesOf(commit);
                        missed.removeAll(receipt.taken());
                        return missed.isEmpty()
                                ? Mono.just(receipt)
                                : super.lanes(missed)
                                        .onErrorMap(Mutant::notApplied)
                                        .thenReturn(receipt);
                    });
                }
            };
        }
    };

    private static final String REFUSED = "{\"refused\"";

    private static Set<Integer> lanesOf(Commit commit) {
        return commit.turns().stream().map(turn -> turn.lane()).collect(Collectors.toSet());
    }

    private static Throwable notApplied(Throwable failure) {
        return new StoreException(Kind.NOT_APPLIED, "the lanes could not be asked for", failure);
    }

    private static Commit withoutRefusals(Commit commit) {
        return new Commit(
                commit.id(),
                commit.turns(),
                commit.documents(),
                commit.outcomes().stream()
                        .filter(remembered -> !isRefusal(remembered.outcome()))
                        .toList());
    }

    private static boolean isRefusal(byte[] outcome) {
        return new String(outcome, StandardCharsets.UTF_8).startsWith(REFUSED);
    }

    /** Takes whatever comes behind a record for the acknowledgement of that record. */
    private static final class LargestAcknowledgement implements Changelog {

        private final Changelog right;
        private final Map<Integer, List<Sinks.Empty<Void>>> underWay = new HashMap<>();

        LargestAcknowledgement(Changelog right) {
            this.right = right;
        }

        @Override
        public Mono<OptionalLong> lastSequence(int lane) {
            return right.lastSequence(lane);
        }

        @Override
        public Mono<Void> send(int lane, List<Publication> publications) {
            List<Sinks.Empty<Void>> before = underWay.computeIfAbsent(lane, first -> new ArrayList<>());
            Sinks.Empty<Void> acknowledged = Sinks.empty();
            before.add(acknowledged);
            List<Sinks.Empty<Void>> all = List.copyOf(before);
            right.send(lane, publications)
                    .subscribe(
                            nothing -> {},
                            failure -> {
                                if (!(failure instanceof TimeoutException)) {
                                    acknowledged.tryEmitError(failure);
                                }
                            },
                            () -> all.forEach(Sinks.Empty::tryEmitEmpty));
            return acknowledged.asMono();
        }

        @Override
        public Mono<Void> restart() {
            underWay.clear();
            return right.restart();
        }
    }

    /** Does not say when a lane's last turn was. */
    private static final class TimelessSession extends AlteredSession {

        TimelessSession(Session right) {
            super(right);
        }

        @Override
        public Mono<Map<Integer, LaneState>> lanes(Set<Integer> lanes) {
            return super.lanes(lanes).map(TimelessSession::timeless);
        }

        @Override
        public Mono<LaneState> takeOver(int lane, String owner) {
            return super.takeOver(lane, owner).map(TimelessSession::timeless);
        }

        @Override
        public Mono<Receipt> commitLocked(
                Map<Integer, Long> epochs,
                Collection<DocumentName> documents,
                Collection<IdempotencyKey> keys,
                Function<Locked, Commit> plan) {
            return super.commitLocked(
                    epochs,
                    documents,
                    keys,
                    locked -> plan.apply(new Locked(timeless(locked.lanes()), locked.loaded())));
        }

        private static Map<Integer, LaneState> timeless(Map<Integer, LaneState> lanes) {
            return lanes.values().stream().collect(Collectors.toMap(LaneState::lane, TimelessSession::timeless));
        }

        private static LaneState timeless(LaneState state) {
            return new LaneState(
                    state.lane(),
                    state.epoch(),
                    state.turn(),
                    state.sequence(),
                    state.nextOffset(),
                    Instant.EPOCH,
                    state.oldestTurn());
        }
    }
}
