package io.tributary.service;

import io.tributary.json.Limits;
import io.tributary.kafka.topics.TopicNames;
import io.tributary.name.DocumentName;
import io.tributary.service.store.postgres.PostgresSettings;
import io.tributary.service.trigger.TriggerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * All that can be configured below {@code tributary}, but for {@code tributary.http} and {@code tributary.security}.
 *
 * @param instance the name of this instance, which no other has: to operators, and to the consumer group, which leaves the
 *     lanes to who comes again under the same name soon; null for its host and process, and a new member at each start
 * @param dataDir where the embedded servers keep their data
 * @param lanes how many lanes there are; fixed at the first start
 * @param ownership which lanes this instance owns; null for {@link Ownership#ALL} with an embedded broker and
 *     {@link Ownership#GROUP} with any other
 * @param startPatience how long a start waits for PostgreSQL to answer, and then for Kafka where it gives the lanes
 * @param source the CloudEvents {@code source} of changes; null for {@code /tributary/<database>}
 */
@ConfigurationProperties("tributary")
public record TributarySettings(
        @Nullable String instance,
        @DefaultValue("data") Path dataDir,
        @DefaultValue("16") int lanes,
        @Nullable Ownership ownership,
        @DefaultValue("60s") Duration startPatience,
        @Nullable String source,
        @DefaultValue Postgres postgres,
        @DefaultValue Kafka kafka,
        @DefaultValue RequestLimits limits,
        @DefaultValue Idempotency idempotency,
        @DefaultValue Tombstones tombstones,
        @DefaultValue Changes changes,
        @DefaultValue Jobs jobs,
        @DefaultValue Triggers triggers,
        @DefaultValue Callers callers) {

    /** The largest number of partitions and so of lanes that is sensible for one service. */
    private static final int MAX_LANES = 1_024;

    /** A record of Kafka has less than 2 GiB, and a change up to three times its document. */
    private static final DataSize LARGEST_REQUEST = DataSize.ofMegabytes(1_024);

    private static final DataSize LARGEST_DOCUMENT = DataSize.ofMegabytes(256);

    private static final DataSize LARGEST_WAITING = DataSize.ofTerabytes(1);

    private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");

    /** @throws IllegalArgumentException when the number of lanes is not 1 to 1 024, or the name not one for Kafka */
    public TributarySettings {
        if (instance != null && !INSTANCE.matcher(instance).matches()) {
            throw new IllegalArgumentException(
                    "tributary.instance has at most 100 letters, digits, hyphens, underscores and"
                            + " dots, the first not a dot: " + instance);
        }
        if (lanes < 1 || lanes > MAX_LANES) {
            throw new IllegalArgumentException("tributary.lanes is 1 to " + MAX_LANES + ", not " + lanes);
        }
    }

    /** Which lanes an instance owns. */
    public enum Ownership {
        /** All, without asking: for an installation of one instance. */
        ALL,
        /** Those whose partitions the consumer group assigns to it. */
        GROUP
    }

    /**
     * @param url {@code r2dbc:postgresql://…}; null to start an embedded server
     * @param schema the schema that all tables live in
     */
    public record Postgres(
            @Nullable String url,
            @Nullable String username,
            @Nullable String password,
            @DefaultValue("tributary") String schema) {

        /** @throws IllegalArgumentException when PostgreSQL could not be found by the URL or make the schema */
        public Postgres {
            if (url != null) {
                PostgresSettings.checkUrl(url);
            }
            PostgresSettings.checkSchema(schema);
        }
    }

    /**
     * @param bootstrapServers null to start an embedded broker
     * @param group the consumer group of the updates topic
     * @param replyTopics the topics that records may name for their outcomes; {@code *} stands for any characters
     * @param properties any property of the Kafka clients
     */
    public record Kafka(
            @Nullable String bootstrapServers,
            @DefaultValue("tributary") String group,
            @DefaultValue Topics topics,
            @DefaultValue("tributary.replies.*") String replyTopics,
            @DefaultValue Map<String, String> properties) {}

    /** The names of the topics. */
    public record Topics(
            @DefaultValue("tributary.updates") String updates,
            @DefaultValue("tributary.changes") String changes,
            @DefaultValue("tributary.rejections") String rejections,
            @DefaultValue("tributary.replies") String replies) {

        TopicNames names() {
            return new TopicNames(updates, changes, rejections, replies);
        }
    }

    /**
     * @param request the largest body or record
     * @param document the largest document, as compact JSON
     * @param nesting how deep values nest
     * @param batchWrites the most writes of a batch
     * @param name the longest name of a document, in bytes; the default cannot be raised, for PostgreSQL's index bounds it
     * @param path the longest field path, in bytes
     * @param waiting the memory of all writes that wait for their turn; null for a quarter of the heap
     */
    public record RequestLimits(
            @DefaultValue("10MB") DataSize request,
            @DefaultValue("1MB") DataSize document,
            @DefaultValue("20") int nesting,
            @DefaultValue("500") int batchWrites,
            @DefaultValue("2000") int name,
            @DefaultValue("1500") int path,
            @Nullable DataSize waiting) {

        /** @throws IllegalArgumentException when a limit is not positive, or too large for a record of Kafka */
        public RequestLimits {
            checkSize("request", request, LARGEST_REQUEST);
            checkSize("document", document, LARGEST_DOCUMENT);
            checkPositive("nesting", nesting);
            checkPositive("batch-writes", batchWrites);
            checkPositive("name", name);
            if (name > DocumentName.MAX_BYTES) {
                throw new IllegalArgumentException(
                        "tributary.limits.name is at most " + DocumentName.MAX_BYTES + ", not " + name);
            }
            checkPositive("path", path);
            if (waiting != null) {
                checkSize("waiting", waiting, LARGEST_WAITING);
            }
        }

        private static void checkSize(String name, DataSize size, DataSize largest) {
            if (size.toBytes() < 1 || size.compareTo(largest) > 0) {
                throw new IllegalArgumentException(
                        "tributary.limits." + name + " lies between 1B and " + largest.toMegabytes() + "MB");
            }
        }

        private static void checkPositive(String name, int limit) {
            if (limit < 1) {
                throw new IllegalArgumentException("tributary.limits." + name + " is at least 1, not " + limit);
            }
        }

        Limits limits() {
            return Limits.DEFAULT
                    .withRequestBytes(Math.toIntExact(request.toBytes()))
                    .withDocumentBytes(Math.toIntExact(document.toBytes()))
                    .withNesting(nesting)
                    .withBatchWrites(batchWrites)
                    .withNameBytes(name)
                    .withPathBytes(path);
        }
    }

    /** @param keep how long outcomes of writes with an id are remembered */
    public record Idempotency(@DefaultValue("24h") Duration keep) {}

    /** @param keep how long the rows of deleted documents stay, and with them their versions; null for ever */
    public record Tombstones(@Nullable Duration keep) {

        /** @throws IllegalArgumentException when the time is not positive */
        public Tombstones {
            if (keep != null && !keep.isPositive()) {
                throw new IllegalArgumentException("tributary.tombstones.keep is longer than nothing");
            }
        }
    }

    /**
     * @param before whether changes carry the data before the step
     * @param after which of several changes of a document that are committed together carry the data after their step
     * @param keep how long published changes stay in the database; null for 60 s, and 10 s with an embedded broker, which
     *     flushes them every second
     */
    public record Changes(
            @DefaultValue("false") boolean before,
            @DefaultValue("all") After after,
            @Nullable Duration keep) {}

    /** Which of several changes of a document that are committed together carry the data after their step. */
    public enum After {
        ALL,
        LAST
    }

    /** @param keep how long jobs are kept after their end */
    public record Jobs(@DefaultValue("30d") Duration keep) {

        /** @throws IllegalArgumentException when the time is not positive */
        public Jobs {
            if (!keep.isPositive()) {
                throw new IllegalArgumentException("tributary.jobs.keep is longer than nothing");
            }
        }
    }

    /**
     * @param depth how many triggers may lead to a change, one after another
     * @param privateTargets whether webhooks may call addresses that are not of the public Internet
     * @param attempts how often a webhook is called at most
     * @param firstPause before the second attempt; each further pause is twice as long, up to a minute
     * @param response how long a webhook may take to answer
     */
    public record Triggers(
            @DefaultValue("10") int depth,
            @DefaultValue("false") boolean privateTargets,
            @DefaultValue("8") int attempts,
            @DefaultValue("1s") Duration firstPause,
            @DefaultValue("10s") Duration response) {

        /** @throws IllegalArgumentException as {@link TriggerSettings} */
        public Triggers {
            var _ = new TriggerSettings(depth, privateTargets, attempts, firstPause, response);
        }

        TriggerSettings settings() {
            return new TriggerSettings(depth, privateTargets, attempts, firstPause, response);
        }
    }

    /** @param patience how long a caller waits for the outcome of a write at most */
    public record Callers(@DefaultValue("10s") Duration patience) {}
}
