package io.tributary.service.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.SharedService;
import io.tributary.service.acceptance.driver.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator sees of a start. */
@ExtendWith(SharedService.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StartIT {

    private static final Pattern CURL = Pattern.compile("curl --json .*\\\\\\R.*");

    private final ServiceProcess service;

    StartIT(@SharedService.Embedded ServiceProcess service) {
        this.service = service;
    }

    @Test
    void saysWhereEverythingListens() {
        assertThat(service.output())
                .contains("HTTP        127.0.0.1:" + service.port())
                .containsPattern("PostgreSQL  127\\.0\\.0\\.1:\\d+/postgres")
                .containsPattern("Kafka       127\\.0\\.0\\.1:\\d+");
    }

    @Test
    void printsACurlLineThatWorks() throws IOException, InterruptedException {
        assumeThat(Path.of("/usr/bin/curl")).as("curl").exists();
        Matcher curl = CURL.matcher(service.output());
        assertThat(curl.find()).isTrue();

        Process shell = new ProcessBuilder("/bin/sh", "-c", curl.group())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String answer = new String(shell.getInputStream().readAllBytes());

        assertThat(shell.waitFor()).isZero();
        assertThat(answer).contains("\"document\":\"people/ada\"").contains("\"changes\":{");
    }

    @ParameterizedTest
    @ValueSource(strings = {Topics.UPDATES, Topics.CHANGES, Topics.REJECTIONS})
    void findsAsManyPartitionsAsLanes(String topic) {
        try (Topics topics = service.topics()) {
            assertThat(topics.partitions(topic)).isEqualTo(16);
        }
    }
}
