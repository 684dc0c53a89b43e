package io.tributary.load.gatling;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.percent;
import static io.gatling.javaapi.core.CoreDsl.randomSwitch;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.util.function.Function;

/**
 * Creates documents, then sends a mix of writes and reads at a constant rate. Any answer but success fails the test; how fast
 * is fast enough, the reader decides.
 */
public final class MixedWritesSimulation extends Simulation {

    private static final String NEW_DOCUMENT = """
            {"n":0,"status":"open","events":[]}""";

    private static final String INCREMENT = """
            {"increment":{"n":1}}""";

    /** Keeps the documents from growing for as long as the test runs. */
    private static final String APPEND = """
            {"append":{"events":{"values":["read"],"keep":-20}},"if":{"where":{"status":"open"}}}""";

    private final Installation installation = Installation.ofSystemProperties();

    /** Tells Gatling what to run. */
    public MixedWritesSimulation() {
        setUp(documents()
                        .injectOpen(atOnceUsers(1))
                        .andThen(requests()
                                .injectOpen(
                                        constantUsersPerSec(installation.rate()).during(installation.duration()))))
                .protocols(protocol())
                .assertions(global().failedRequests().count().is(0L));
    }

    private ScenarioBuilder documents() {
        return scenario("documents")
                .exec(create(session -> installation.hotDocument()))
                .exec(repeat(installation.documents(), "index")
                        .on(create(session -> installation.document(session.getInt("index")))));
    }

    private ScenarioBuilder requests() {
        return scenario("requests")
                .exec(randomSwitch()
                        .on(
                                percent(40).then(patch("increment", this::anyDocument, INCREMENT)),
                                percent(20).then(patch("increment the hot one", this::hotDocument, INCREMENT)),
                                percent(20).then(patch("append if open", this::anyDocument, APPEND)),
                                percent(20).then(read(this::anyDocument))));
    }

    private HttpProtocolBuilder protocol() {
        return http.baseUrl(installation.baseUrl())
                .contentTypeHeader("application/json")
                .acceptHeader("application/json")
                .shareConnections()
                .disableCaching()
                .disableWarmUp();
    }

    private String anyDocument(Session session) {
        return installation.anyDocument();
    }

    private String hotDocument(Session session) {
        return installation.hotDocument();
    }

    private static HttpRequestActionBuilder create(Function<Session, String> document) {
        return http("create").put(document).body(StringBody(NEW_DOCUMENT));
    }

    private static HttpRequestActionBuilder patch(String name, Function<Session, String> document, String update) {
        return http(name).patch(document).body(StringBody(update));
    }

    private static HttpRequestActionBuilder read(Function<Session, String> document) {
        return http("read").get(document);
    }
}
