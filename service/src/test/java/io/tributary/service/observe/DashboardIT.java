package io.tributary.service.observe;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.SharedService;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What the dashboard in {@code docker} asks Prometheus for, and what the service tells it. */
@ExtendWith(SharedService.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DashboardIT {

    private static final Path DASHBOARD = Path.of("..", "docker", "grafana", "tributary.json");

    /** What has an underscore and is neither a function, nor a label of a selection or a grouping. */
    private static final Pattern NAME = Pattern.compile("\\b[a-z]+(?:_[a-z]+)+\\b(?!\\()");

    private static final Pattern LABELS = Pattern.compile("\\{[^}]*}|\\bby \\([^)]*\\)");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^\\w+");

    @Test
    void asksForWhatIsTold(ServiceProcess service) {
        try (Http http = service.http()) {
            http.patch("dashboard/one", "{\"increment\":{\"n\":1},\"upsert\":true}");
            Set<String> told = samples(http.getPath("/actuator/prometheus").body());
            told.addAll(samples(whatIsToldOfMishapsOnly()));

            assertThat(asked()).hasSizeGreaterThan(20).isSubsetOf(told);
        }
    }

    private static String whatIsToldOfMishapsOnly() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        CommitMeters meters = new CommitMeters(registry, 1, 1);
        meters.failed(0, "away");
        meters.rejected("condition-failed");
        return registry.scrape();
    }

    private static Set<String> samples(String scrape) {
        return SAMPLE.matcher(scrape).results().map(MatchResult::group).collect(toCollection(TreeSet::new));
    }

    private static Set<String> asked() {
        return expressions(new ObjectMapper().readTree(DASHBOARD))
                .map(expression -> LABELS.matcher(expression).replaceAll(""))
                .flatMap(expression -> NAME.matcher(expression).results().map(MatchResult::group))
                .collect(toCollection(TreeSet::new));
    }

    private static Stream<String> expressions(JsonNode dashboard) {
        return dashboard.findValues("expr").stream().map(JsonNode::asString);
    }
}
