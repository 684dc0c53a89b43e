package io.tributary.load.generator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.tributary.load.generator.Answers;
import io.tributary.load.generator.Corpus;
import io.tributary.load.generator.Keys;
import io.tributary.load.generator.Load;
import io.tributary.load.generator.Pace;
import io.tributary.load.generator.Traffic;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

class HttpCallersTest {

    private static final int CONNECTIONS = 4;
    private static final Duration SHORT = Duration.ofMillis(100);

    private final HttpCallers callers = new HttpCallers(CONNECTIONS);
    private final AtomicLong served = new AtomicLong();

    @AfterEach
    void stop() {
        callers.close();
    }

    @Test
    void countsEachAnswerOnce() {
        Load load = driveServerThat((request, response) -> answer(200, response));

        assertThat(load.answers()).isEqualTo(new Answers(served.get(), 0, 0));
        assertThat(load.latencies().getTotalCount()).isEqualTo(served.get());
    }

    @Test
    void sendsTheBodyWithEachRequest() {
        Load load = driveServerThat((request, response) -> request.receive()
                .aggregate()
                .asString()
                .flatMap(body -> answer(body.equals(Requests.INCREMENT) ? 200 : 400, response)));

        assertThat(load.answers()).isEqualTo(new Answers(served.get(), 0, 0));
    }

    @Test
    void hasOneRequestUnderWayOnEachConnection() {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        driveServerThat((request, response) -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            return Mono.delay(Duration.ofMillis(20)).then(Mono.defer(() -> {
                underWay.decrementAndGet();
                return answer(200, response);
            }));
        });

        assertThat(most).hasValue(CONNECTIONS);
    }

    @ParameterizedTest
    @CsvSource({
        "200, applied",
        "204, applied",
        "412, refused",
        "429, refused",
        "503, refused",
        "500, undecided",
        "504, undecided"
    })
    void judgesAnswersByTheirStatus(int status, String verdict) {
        Load load = driveServerThat((request, response) -> answer(status, response));

        long all = served.get();
        assertThat(load.answers())
                .isEqualTo(
                        switch (verdict) {
                            case "applied" -> new Answers(all, 0, 0);
                            case "refused" -> new Answers(0, all, 0);
                            default -> new Answers(0, 0, all);
                        });
    }

    @Test
    void leavesARequestUndecidedWhoseConnectionBreaks() {
        Load load = driveServerThat((request, response) -> {
            response.withConnection(connection -> connection.channel().close());
            return Mono.never();
        });

        assertThat(load.answers()).isEqualTo(new Answers(0, 0, CONNECTIONS));
        assertThat(load.writesPerSecond()).isZero();
    }

    @Test
    void complainsWhenNobodyListens() {
        DisposableServer gone = HttpServer.create().host("127.0.0.1").bindNow();
        gone.disposeNow();

        assertThatThrownBy(() -> drive(gone, new Pace.AsAnswered())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void sendsAllThatIsDueAtAFixedRate() {
        Load load = driveServerThat((request, response) -> answer(200, response), new Pace.AtRate(500));

        assertThat(load.answers()).isEqualTo(new Answers(50, 0, 0));
    }

    @Test
    void countsTheTimeThatARequestWaitsForAFreeConnection() {
        Load load = driveServerThat(
                (request, response) -> Mono.delay(SHORT).then(answer(200, response)), new Pace.AtRate(80));

        assertThat(load.answers()).isEqualTo(new Answers(2 * CONNECTIONS, 0, 0));
        assertThat(load.latencies().getMaxValue()).isGreaterThan(SHORT.toMillis() * 1000 * 3 / 2);
    }

    @Test
    void tellsOfRequestsThatWereDueAndFoundNoConnection() {
        Load load = driveServerThat(
                (request, response) -> {
                    response.withConnection(connection -> connection.channel().close());
                    return Mono.never();
                },
                new Pace.AtRate(500));

        assertThat(load.answers()).isEqualTo(new Answers(0, 50 - CONNECTIONS, CONNECTIONS));
    }

    @Test
    void countsTheLinesOfABulkByTheirStatus() {
        Load load = bulkTowardsAServerThatSays("{\"line\":1,\"status\":404,\"problem\":{\"status\":200}}");

        assertThat(served).hasPositiveValue();
        assertThat(load.answers()).isEqualTo(new Answers(0, served.get(), 0));
    }

    @Test
    void leavesLinesUndecidedThatAreNotAnswered() {
        Load load = bulkTowardsAServerThatSays("");

        assertThat(load.answers().undecided()).isEqualTo(served.get()).isPositive();
    }

    private interface Answer {
        Mono<Void> to(HttpServerRequest request, HttpServerResponse response);
    }

    private static Mono<Void> answer(int status, HttpServerResponse response) {
        return response.status(HttpResponseStatus.valueOf(status)).send();
    }

    private Load driveServerThat(Answer answer) {
        return driveServerThat(answer, new Pace.AsAnswered());
    }

    private Load driveServerThat(Answer answer, Pace pace) {
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .handle((request, response) -> {
                    served.incrementAndGet();
                    return answer.to(request, response);
                })
                .bindNow();
        try {
            return drive(server, pace);
        } finally {
            server.disposeNow();
        }
    }

    /** @param answer to each line, empty for none */
    private Load bulkTowardsAServerThatSays(String answer) {
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .handle((request, response) ->
                        response.sendString(request.receive().asString().map(part -> {
                            String feeds = part.replaceAll("[^\n]", "");
                            served.addAndGet(feeds.length());
                            return answer.isEmpty() ? "" : feeds.replace("\n", answer + "\n");
                        })))
                .bindNow();
        try {
            return callers.bulkTowards(
                            (InetSocketAddress) server.address(), "/v1/bulk", Requests.lines(new Corpus("c", 1)))
                    .drive(new Traffic(Keys.ONE_HOT, new Pace.AsAnswered(), SHORT));
        } finally {
            server.disposeNow();
        }
    }

    private Load drive(DisposableServer server, Pace pace) {
        return callers.towards((InetSocketAddress) server.address(), Requests.patching(new Corpus("c", 1)))
                .drive(new Traffic(Keys.ONE_HOT, pace, SHORT));
    }
}
