package io.tributary.service.store;

import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Where definitions are kept. As with {@link Store}, a cancel gives up the answer, never the statement, and errors are
 * {@link StoreException}s.
 */
public interface DefinitionStore {

    /**
     * All definitions as of one moment.
     *
     * @param changes how many changes there had been
     */
    record All(long changes, List<Definition> definitions) {

        public All {
            definitions = List.copyOf(definitions);
        }
    }

    /** Emits how many changes there have been: another number than before when anything is different. */
    Mono<Long> changes();

    /** Emits all definitions. */
    Mono<All> all();

    /** Emits the definition; completes empty when there is none. */
    Mono<Definition> find(Definition.Key key);

    /** Emits the definitions of a kind in a database, in the order of their names. */
    Mono<List<Definition>> list(Definition.Kind kind, String database);

    /**
     * Saves a definition. Emits it; completes empty, and has saved nothing, when there is another version by now.
     *
     * @param expected the version that this follows, 0 when there is none
     */
    Mono<Definition> save(Definition.Key key, String body, long expected);

    /** Deletes a definition that is at this version. Emits whether it was. */
    Mono<Boolean> delete(Definition.Key key, long expected);
}
