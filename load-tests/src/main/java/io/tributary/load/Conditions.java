package io.tributary.load;

import io.tributary.load.contender.Tributary;
import io.tributary.load.generator.Corpus;
import io.tributary.load.measure.ProcessCpu;
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
    static Map<String, String> of(Settings settings, PostgresServer postgres) {
        Conditions conditions = new Conditions(settings);
        Map<String, String> told = new LinkedHashMap<>();
        told.put("documents", conditions.documents());
        told.put("closed loop", conditions.closedLoop());
        told.put("fixed rate", conditions.fixedRate());
        told.put("Kafka", conditions.kafka());
        told.put(
                "commit to changelog",
                "at that rate; from the commit's time (Tributary: ce_time; Debezium: the commit record of PostgreSQL's log,"
                        + " which it polls every 10 ms) until a consumer in the generator has the change, by one clock");
        told.put("repetitions", conditions.repetitions());
        told.put("durability", durability(postgres));
        told.put("correctness", "after every run the counters added up to the acknowledged increments");
        told.put(
                "not the same",
                "the service also publishes its changes to Kafka; plain handler and raw SQL leave their outbox rows to a"
                        + " relay that does not run; raw SQL speaks neither HTTP nor JSON with its callers; Debezium has a PostgreSQL"
                        + " of its own, as durable, with wal_level=logical; Kafka Streams keeps its documents in Kafka and RocksDB");
        told.put("CPU", cpu());
        told.put(
                "memory",
                "from /proc where that is there: a process' peak since its start; of PostgreSQL's processes the sum of"
                        + " proportional set sizes, looked at every second; heap: the JVM's own peaks of its pools, added up");
        told.put(
                "machine",
                Machine.description() + "; the generator, all servers and PostgreSQL share it, and only the one that is"
                        + " measured has work");
        return told;
    }

    private String documents() {
        return String.format(
                Locale.ROOT,
                "%,d of %d bytes, and one hot one; a write increments one field; uniform means each as often as any"
                        + " other, zipf as YCSB has it (seed %s)",
                settings.volume().documents(),
                Corpus.DOCUMENT_BYTES,
                Corpus.SEED);
    }

    private String closedLoop() {
        return String.format(
                Locale.ROOT,
                "%d keep-alive connections (HTTP/1.1), raw SQL 16 connections; one write a request; latencies as these"
                        + " callers see them",
                settings.volume().connections());
    }

    private String fixedRate() {
        return String.format(
                Locale.ROOT,
                "%,d writes/s over the same connections; latencies from the moment at which a write was due, and so"
                        + " corrected for coordinated omission",
                settings.volume().rate());
    }

    private String kafka() {
        return String.format(
                Locale.ROOT,
                "%,d records with acks=all, from the first that is produced until the last change is on the changelog;"
                        + " compared with single writes, uniform",
                settings.volume().records());
    }

    private String repetitions() {
        Settings.Timing timing = settings.timing();
        return String.format(
                Locale.ROOT,
                "%d of %d s each after a warm-up of %d s (half of it for the hot document), by turns over all contenders"
                        + " of a workload; writes/s is their median; each JVM with %s",
                timing.repetitions(),
                timing.window().toSeconds(),
                timing.warmUp().toSeconds(),
                String.join(" ", settings.jvmFlags()));
    }

    private static String cpu() {
        return "from " + ProcessCpu.source() + "; PostgreSQL with all its processes; Kafka "
                + (Tributary.hasEmbeddedKafka()
                        ? "runs inside the service's JVM: for Tributary it is counted there, for others it is that JVM, which has nothing"
                                + " else to do"
                        : "is a server elsewhere and not counted");
    }

    private static String durability(PostgresServer postgres) {
        return String.format(
                Locale.ROOT,
                "one PostgreSQL %s for all: fsync=%s, synchronous_commit=%s, full_page_writes=%s",
                postgres.setting("server_version"),
                postgres.setting("fsync"),
                postgres.setting("synchronous_commit"),
                postgres.setting("full_page_writes"));
    }
}
