package io.tributary.load;

import io.tributary.load.generator.Corpus;
import io.tributary.load.report.Machine;
import io.tributary.load.server.PostgresServer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Says in words what the figures hold for. */
final class Conditions {

    private final Settings settings;

    private Conditions(Settings settings) {
        this.settings = settings;
    }

    /** Each condition by what it is about, in the order in which it is to be told. */
    static Map<String, String> of(Settings settings, PostgresServer postgres, long seed) {
        Conditions conditions = new Conditions(settings);
        Map<String, String> told = new LinkedHashMap<>();
        told.put("documents", conditions.documents(seed));
        told.put("HTTP", conditions.http());
        told.put("Kafka", conditions.kafka());
        told.put("repetitions", conditions.repetitions());
        told.put("durability", durability(postgres));
        told.put("correctness", "after every run the counters added up to the acknowledged increments");
        told.put(
                "not the same",
                "the service also publishes its changes to Kafka, whose broker runs inside its process; the plain handler"
                        + " leaves its outbox rows to a relay that does not run");
        told.put("machine", Machine.description() + "; the generator, both servers and PostgreSQL share it");
        return told;
    }

    private String documents(long seed) {
        return String.format(
                Locale.ROOT,
                "%,d of %d bytes, and one hot one; a write increments one field; uniform means each as often as any other"
                        + " (seed %s)",
                settings.documents(),
                Corpus.DOCUMENT_BYTES,
                seed);
    }

    private String http() {
        return String.format(
                Locale.ROOT,
                "closed loop of %d keep-alive connections (HTTP/1.1), one write a request; latencies as its callers see"
                        + " them, not corrected for coordinated omission",
                settings.connections());
    }

    private String kafka() {
        return String.format(
                Locale.ROOT,
                "%,d records with acks=all, from the first that is produced until the last change is on the changelog;"
                        + " compared with the baseline's uniform HTTP",
                settings.records());
    }

    private String repetitions() {
        Settings.Timing timing = settings.timing();
        return String.format(
                Locale.ROOT,
                "%d of %d s each after a warm-up of %d s (half of it for the hot document), by turns; writes/s is their"
                        + " median; -Xmx%s for each server",
                timing.repetitions(),
                timing.window().toSeconds(),
                timing.warmUp().toSeconds(),
                settings.heap());
    }

    private static String durability(PostgresServer postgres) {
        return String.format(
                Locale.ROOT,
                "one PostgreSQL %s for both: fsync=%s, synchronous_commit=%s, full_page_writes=%s",
                postgres.setting("server_version"),
                postgres.setting("fsync"),
                postgres.setting("synchronous_commit"),
                postgres.setting("full_page_writes"));
    }
}
