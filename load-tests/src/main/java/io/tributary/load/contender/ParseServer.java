package io.tributary.load.contender;

import io.tributary.load.generator.Corpus;
import io.tributary.load.generator.LoadGenerator;
import io.tributary.load.generator.http.Requests;
import io.tributary.load.server.NpmPackage;
import io.tributary.load.server.PostgresServer;
import io.tributary.load.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** parse-server in one Node process, with its objects in PostgreSQL. Driven over HTTP. */
final class ParseServer implements Contender {

    private static final String KEY = "benchmark";
    private static final Pattern RUNNING = Pattern.compile("parse-server running on");
    private static final String INCREMENT = "{\"n\":{\"__op\":\"Increment\",\"amount\":1}}";

    private static final String INCREMENT_AND_APPEND =
            "{\"n\":{\"__op\":\"Increment\",\"amount\":1},\"tags\":{\"__op\":\"AddUnique\",\"objects\":[\"green\"]}}";

    private static final String SCHEMA = """
            {"className":"Document","fields":{"n":{"type":"Number"},"name":{"type":"String"},"price":{"type":"Number"},
             "tags":{"type":"Array"},"seller":{"type":"Object"},"note":{"type":"String"}}}""";

    /** Through its own interface a hundred thousand objects would take minutes. */
    private static final String FILL = """
            insert into "Document" ("objectId", "createdAt", "updatedAt", n, name, price, tags, seller, note)
            select id, now(), now(), (data ->> 'n')::double precision, data ->> 'name',
                   (data ->> 'price')::double precision, data -> 'tags', data -> 'seller', data ->> 'note'
            from (select id, data::jsonb as data from unnest(?, ?) as d(id, data)) as documents""";

    private final Corpus corpus;
    private final PostgresServer database;
    private final ServerProcess process;
    private final InetSocketAddress address;
    private final LoadGenerator singleWrites;
    private final LoadGenerator uniqueAppends;

    private ParseServer(Testbed testbed, PostgresServer database, ServerProcess process, InetSocketAddress address) {
        this.corpus = testbed.corpus();
        this.database = database;
        this.process = process;
        this.address = address;
        this.singleWrites = testbed.callers().towards(address, new Requests(corpus, name -> request(name, INCREMENT)));
        this.uniqueAppends =
                testbed.callers().towards(address, new Requests(corpus, name -> request(name, INCREMENT_AND_APPEND)));
    }

    static ParseServer start(Testbed testbed) {
        Path packages = testbed.folders().packages().resolve("parse-server");
        NpmPackage.install(
                testbed.folders().peers().resolve("parse-server"), packages, testbed.log("parse-server-packages"));
        PostgresServer database = testbed.postgres().withFresh("parse_server");
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
        ServerProcess process = ServerProcess.start(
                List.of(
                        "node",
                        packages.resolve("node_modules/parse-server/bin/parse-server")
                                .toString()),
                environment(database, address, testbed.work("parse-server")),
                testbed.log("parse-server"));
        process.printed(RUNNING);
        return new ParseServer(testbed, database, process, address);
    }

    private static Map<String, String> environment(PostgresServer database, InetSocketAddress address, Path logs) {
        Map<String, String> environment = new HashMap<>();
        environment.put("NODE_ENV", "production");
        environment.put("PARSE_SERVER_APPLICATION_ID", KEY);
        environment.put("PARSE_SERVER_MASTER_KEY", KEY);
        environment.put("PARSE_SERVER_ALLOW_CUSTOM_OBJECT_ID", "true");
        environment.put("PARSE_SERVER_DATABASE_URI", database.postgresUrl() + "?poolSize=16");
        environment.put("PARSE_SERVER_HOST", address.getHostString());
        environment.put("PORT", Integer.toString(address.getPort()));
        environment.put("PARSE_SERVER_URL", url(address));
        environment.put("PARSE_SERVER_LOG_LEVEL", "warn");
        environment.put("PARSE_SERVER_LOGS_FOLDER", logs.toAbsolutePath().toString());
        return environment;
    }

    private static String url(InetSocketAddress address) {
        return "http://" + address.getHostString() + ':' + address.getPort() + "/parse";
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String request(String document, String body) {
        return Requests.text(
                "PUT",
                "/parse/classes/Document/" + id(document),
                "Content-Type: application/json\r\nX-Parse-Application-Id: " + KEY + "\r\n",
                body);
    }

    private static String id(String document) {
        return document.substring(document.indexOf('/') + 1);
    }

    @Override
    public String name() {
        return "parse-server";
    }

    @Override
    public void fill() {
        createClass();
        database.executeWithArrays(
                FILL,
                corpus.names().map(ParseServer::id).toArray(String[]::new),
                corpus.indexes().mapToObj(Corpus::data).toArray(String[]::new));
        database.analyse();
    }

    private void createClass() {
        HttpAnswers.body(HttpRequest.newBuilder(URI.create(url(address) + "/schemas/Document"))
                .header("Content-Type", "application/json")
                .header("X-Parse-Application-Id", KEY)
                .header("X-Parse-Master-Key", KEY)
                .POST(HttpRequest.BodyPublishers.ofString(SCHEMA)));
    }

    @Override
    public OptionalLong sum() {
        return OptionalLong.of(Long.parseLong(database.query("select sum(n)::bigint from \"Document\"")));
    }

    @Override
    public Optional<LoadGenerator> singleWrites() {
        return Optional.of(singleWrites);
    }

    @Override
    public Optional<LoadGenerator> uniqueAppends() {
        return Optional.of(uniqueAppends);
    }

    @Override
    public Optional<ServerProcess> process() {
        return Optional.of(process);
    }

    @Override
    public Optional<PostgresServer> postgres() {
        return Optional.of(database);
    }

    @Override
    public void close() {
        process.close();
    }
}
