package io.tributary.load.generator.sql;

import io.tributary.load.generator.Answers;
import io.tributary.load.generator.Corpus;
import io.tributary.load.generator.Keys;
import io.tributary.load.generator.Load;
import io.tributary.load.generator.LoadGenerator;
import io.tributary.load.generator.Pace;
import io.tributary.load.generator.Traffic;
import io.tributary.load.generator.Zipf;
import io.tributary.load.measure.OwnCpu;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL's own benchmark client with prepared statements, one transaction a statement. With a fixed rate its moments are
 * spread at random (a Poisson process), and its latencies run from them.
 */
public final class Pgbench implements LoadGenerator {

    private static final String PROGRAM = "pgbench";
    private static final Pattern PROCESSED = Pattern.compile("transactions actually processed: (\\d+)");
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");

    private final Corpus corpus;
    private final Map<String, String> server;
    private final int connections;
    private final Path directory;

    /**
     * @param server the variables by which PostgreSQL's programs find their server, {@code PGHOST} and so on
     * @param directory for scripts and logs; it is there, and nobody else's
     */
    public Pgbench(Corpus corpus, Map<String, String> server, int connections, Path directory) {
        this.corpus = corpus;
        this.server = server;
        this.connections = connections;
        this.directory = directory;
    }

    /** Whether the program is there. */
    public static boolean isInstalled() {
        try {
            Process process = new ProcessBuilder(PROGRAM, "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public Load drive(Traffic traffic) {
        TransactionLogs logs = new TransactionLogs(directory);
        OwnCpu cpu = new OwnCpu();
        String told = run(command(traffic, logs));
        Duration spent = cpu.spent();
        long processed = Long.parseLong(found(PROCESSED, told));
        double perSecond = Double.parseDouble(found(RATE, told));
        Duration elapsed = Duration.ofNanos(Math.round(processed / perSecond * 1e9));
        return new Load(elapsed, new Answers(processed, 0, 0), logs.takeLatencies(), spent);
    }

    private List<String> command(Traffic traffic, TransactionLogs logs) {
        List<String> command = new ArrayList<>(List.of(
                PROGRAM,
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + connections,
                "--jobs=2",
                "--time=" + Math.max(1, traffic.length().toSeconds()),
                "--log",
                "--log-prefix=" + logs.prefix(),
                "--file=" + script(traffic.keys())));
        if (traffic.pace() instanceof Pace.AtRate(int writesPerSecond)) {
            command.add("--rate=" + writesPerSecond);
        }
        return command;
    }

    private Path script(Keys keys) {
        String ordinary = "'" + corpus.collection() + "/d' || lpad(:document, 8, '0')";
        String text = switch (keys) {
            case UNIFORM ->
                "\\set document random(0, %d)\n%s;\n".formatted(corpus.size() - 1, IncrementStatement.of(ordinary));
            case ZIPF -> zipf(new Zipf(corpus.size())) + IncrementStatement.of(ordinary) + ";\n";
            case ONE_HOT -> IncrementStatement.of("'" + corpus.name(corpus.hot()) + "'") + ";\n";
        };
        try {
            return Files.writeString(directory.resolve(keys + ".sql"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@link Zipf#index} in the language of pgbench, whose own Zipf distribution has no exponent below 1, and whose
     * {@code int} rounds.
     */
    private static String zipf(Zipf zipf) {
        return """
                \\set uniform random(0, 999999999) / 1000000000.0
                \\set share :uniform * %s
                \\set tail int(%d * power(%s * :uniform - %s + 1, %s) - 0.5)
                \\set document case when :share < 1 then 0 when :share < %s then 1 else least(%d, :tail) end
                """.formatted(
                zipf.zeta(), zipf.size(), zipf.eta(), zipf.eta(), Zipf.ALPHA, Zipf.ZETA_OF_TWO, zipf.size() - 1);
    }

    private String run(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(server);
        try {
            Process process = builder.start();
            String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("pgbench failed: " + told);
            }
            return told;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("pgbench does not tell its " + pattern + ": " + text);
        }
        return matcher.group(1);
    }
}
