package io.tributary.load.peer.streams;

import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import tools.jackson.databind.json.JsonMapper;

/** All documents of this instance, for reading. */
final class DocumentStore {

    static final String NAME = "documents";

    private final ReadOnlyKeyValueStore<String, byte[]> store;

    DocumentStore(KafkaStreams streams) {
        this.store = streams.store(StoreQueryParameters.fromNameAndType(NAME, QueryableStoreTypes.keyValueStore()));
    }

    /** The sum of a field over all documents. */
    long sum(String field) {
        long sum = 0;
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                sum += JsonMapper.shared()
                        .readTree(all.next().value)
                        .path("data")
                        .path(field)
                        .asLong();
            }
        }
        return sum;
    }
}
