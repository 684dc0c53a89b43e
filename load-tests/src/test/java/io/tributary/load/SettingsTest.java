package io.tributary.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.load.contender.Peer;
import io.tributary.load.report.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @Test
    void measuresTheIssuesBenchmarkUnlessToldOtherwise() {
        assertThat(settings(Map.of()))
                .isEqualTo(new Settings(
                        new Settings.Timing(Duration.ofSeconds(20), Duration.ofSeconds(20), 3),
                        new Settings.Volume(64, 100_000, 300_000, 1_000),
                        new Settings.Selection(Set.of(Peer.values()), List.of(Workload.values())),
                        List.of("-Xmx1g")));
    }

    @Test
    void measuresTheChosenWorkloadsInTheirOwnOrder() {
        assertThat(settings(Map.of("workloads", "hot, uniform")).selection().workloads())
                .containsExactly(Workload.UNIFORM, Workload.HOT);
    }

    @Test
    void measuresBesideTheChosenPeersOnly() {
        assertThat(settings(Map.of("peers", "raw-sql,echo")).selection().peers())
                .containsExactlyInAnyOrder(Peer.RAW_SQL, Peer.ECHO);
    }

    @Test
    void refusesAPeerThatThereIsNot() {
        assertThatThrownBy(() -> settings(Map.of("peers", "raw-sql,oracle")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("plain-handler")
                .hasMessageEndingWith("not raw-sql,oracle");
    }

    @Test
    void givesEveryJvmTheFlagsOfTheService() {
        assertThat(settings(Map.of("heap", "256m", "jvmArgs", "-XX:+UseParallelGC  --enable-native-access=ALL-UNNAMED"))
                        .jvmFlags())
                .containsExactly("-Xmx256m", "-XX:+UseParallelGC", "--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void takesAnEmptyPropertyForAbsent() {
        assertThat(settings(Map.of("seconds", "", "quick", ""))).isEqualTo(settings(Map.of()));
    }

    @Test
    void measuresLessWhenItHasToBeQuick() {
        Settings quick = settings(Map.of("quick", "true"));

        assertThat(quick.timing().window())
                .isLessThan(settings(Map.of()).timing().window());
    }

    @Test
    void prefersWhatIsSaidToWhatQuickMeans() {
        assertThat(settings(Map.of("quick", "true", "seconds", "7")).timing().window())
                .isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "many", "99999999999"})
    void refusesWhatIsNoPositiveNumber(String connections) {
        assertThatThrownBy(() -> settings(Map.of("connections", connections)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("connections is a positive number, not " + connections);
    }

    private static Settings settings(Map<String, String> properties) {
        return Settings.from(properties::get);
    }
}
