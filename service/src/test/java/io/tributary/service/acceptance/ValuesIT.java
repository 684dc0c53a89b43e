package io.tributary.service.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.Changelog;
import io.tributary.service.acceptance.driver.Changelog.Change;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.SharedService;
import io.tributary.service.acceptance.driver.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Every value goes in over HTTP and over Kafka, is read back, read again after a restart and another write beside it, and
 * read from the changelog. {@link JsonNode#equals} tells {@code 1} from {@code 1.0} and {@code 0.0} from {@code -0.0}.
 */
@ExtendWith(SharedService.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ValuesIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Map<String, JsonNode> written = new HashMap<>();
    private final Map<String, JsonNode> afterRestart = new HashMap<>();
    private final Map<String, JsonNode> published = new HashMap<>();

    /** A value as it is sent, and as it is given out. */
    record Sample(int number, String sent, String given) {

        String overHttp() {
            return "values/http-" + number;
        }

        String overKafka() {
            return "values/kafka-" + number;
        }

        String data() {
            return "{\"v\": " + sent + "}";
        }

        @Override
        public String toString() {
            return sent.length() < 80 ? sent : sent.substring(0, 80) + " …";
        }
    }

    static List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        unchanged().forEach(value -> samples.add(new Sample(samples.size(), value, value)));
        normalised().forEach((sent, given) -> samples.add(new Sample(samples.size(), sent, given)));
        return samples;
    }

    private static Stream<String> unchanged() {
        return Stream.of(
                "null",
                "true",
                "0",
                "1",
                "1.0",
                "0.0",
                "-0.0",
                "1e5",
                "1e300",
                "4.9e-324",
                "1.7976931348623157e308",
                "0.1",
                "9007199254740993",
                "-9223372036854775808",
                "9223372036854775807",
                "{\"@double\": \"NaN\"}",
                "{\"@double\": \"-Infinity\"}",
                "{\"@timestamp\": \"2026-11-21T08:00:00.000001Z\"}",
                "{\"@timestamp\": \"0001-01-01T00:00:00.000000Z\"}",
                "{\"@timestamp\": \"9999-12-31T23:59:59.999999Z\"}",
                "{\"@bytes\": \"AP/+\"}",
                "{\"@bytes\": \"\"}",
                "{\"@vector\": [1.0, -0.0, 1e300]}",
                "{\"@geopoint\": {\"latitude\": -90.0, \"longitude\": 179.99999999999997}}",
                "{\"@reference\": \"products/p42\"}",
                "{\"@reference\": \"other/products/p42\"}",
                "\"\"",
                "\"🦔👩‍👩‍👧 e\u0301 \\u0001 \\\" \\\\ \\/ \\n\"",
                "[]",
                "[[], {}, [null, 1, 1.0, \"1\"]]",
                "{}",
                "{\"a.b\": 1, \"`\": 2, \"\": 3, \"or\": 4, \"set\": 5, \"🦔\": 6, \"@x\": 7}",
                "{\"or\": [1.0]}",
                "{\"@map\": {\"@timestamp\": \"not one\"}}",
                "{\"@map\": {\"@map\": {\"a\": 1}}}",
                "{\"b\": {\"@map\": {\"@x\": -0.0}}, \"a\": [{\"@double\": \"NaN\"}]}");
    }

    private static Map<String, String> normalised() {
        return Map.of(
                "{\"@timestamp\": \"2026-11-21T09:00:00.0000019+01:00\"}",
                "{\"@timestamp\": \"2026-11-21T08:00:00.000001Z\"}",
                "{\"@double\": \"2\"}",
                "2.0",
                "{\"@integer\": \"9007199254740993\"}",
                "9007199254740993",
                "{\"@bytes\": \"__4\"}",
                "{\"@bytes\": \"//4=\"}",
                "{\"@vector\": [1, 2]}",
                "{\"@vector\": [1.0, 2.0]}",
                "{\"@map\": {\"plain\": 1}}",
                "{\"plain\": 1}");
    }

    @BeforeAll
    void writeThemAll(ServiceProcess service) {
        try (Http http = service.http();
                Topics topics = service.topics();
                Changelog changelog = topics.changesFromNow()) {
            for (Sample sample : samples()) {
                Http.Reply reply = http.put(sample.overHttp(), sample.data());
                assertThat(reply.status()).as("%s: %s", sample, reply).isEqualTo(201);
                topics.send(Topics.update(sample.overKafka(), "{\"replace\": " + sample.data() + "}"));
            }
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(changelog.changesOf("values/"))
                            .hasSize(2 * samples().size()));
            changelog.changesOf("values/").forEach(change -> published.put(change.document(), valueAfter(change)));
            readAll(http, written);
        }
        service.restart();
        try (Http http = service.http()) {
            for (Sample sample : samples()) {
                http.patch(sample.overHttp(), "{\"increment\": {\"besides\": 1}}");
                http.patch(sample.overKafka(), "{\"increment\": {\"besides\": 1}}");
            }
            readAll(http, afterRestart);
        }
    }

    private static JsonNode valueAfter(Change change) {
        return change.after().get("v");
    }

    private static void readAll(Http http, Map<String, JsonNode> into) {
        for (Sample sample : samples()) {
            Stream.of(sample.overHttp(), sample.overKafka())
                    .forEach(document -> into.put(document, http.data(document).get("v")));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void comeBackAsTheyWereSent(Sample sample) {
        assertBoth(written, sample);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void surviveARestartAndAWriteBesideThem(Sample sample) {
        assertBoth(afterRestart, sample);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void areOnTheChangelogAsTheyWereSent(Sample sample) {
        assertBoth(published, sample);
    }

    private static void assertBoth(Map<String, JsonNode> found, Sample sample) {
        JsonNode expected = JSON.readTree(sample.given());
        assertThat(found.get(sample.overHttp())).as("over HTTP").isEqualTo(expected);
        assertThat(found.get(sample.overKafka())).as("over Kafka").isEqualTo(expected);
    }
}
