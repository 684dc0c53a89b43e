package io.tributary.service.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.SharedService;
import io.tributary.service.acceptance.driver.TopicReader;
import io.tributary.service.acceptance.driver.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The outcome of a record goes to the topic that the record names. */
@ExtendWith(SharedService.class)
class RepliesIT {

    private static final Duration SOON = Duration.ofMinutes(1);

    private final String topic = "tributary.replies." + UUID.randomUUID();
    private final String document = "replies/" + UUID.randomUUID();
    private final Http http;
    private final Topics topics;
    private final TopicReader replies;
    private final TopicReader rejections;

    RepliesIT(ServiceProcess service) {
        http = service.http();
        topics = service.topics();
        replies = topics.replies(topic);
        rejections = topics.rejectionsFromNow();
    }

    @AfterEach
    void close() {
        replies.close();
        rejections.close();
        topics.close();
        http.close();
    }

    @Test
    void tellWhatAWriteChanged() {
        topics.send(asking(topic, "{\"set\": {\"n\": 1}, \"upsert\": true, \"id\": \"a\"}"));

        ConsumerRecord<@Nullable String, byte @Nullable []> reply = first(replies);
        assertThat(TopicReader.header(reply, "tributary-status")).isEqualTo("201");
        assertThat(TopicReader.header(reply, "tributary-id")).isEqualTo("a");
        assertThat(text(reply)).contains("\"version\":1", "\"changes\":{\"n\":1}");
    }

    @Test
    void tellWhyAWriteWasRefusedInsteadOfARejection() {
        topics.send(asking(topic, "{\"increment\": {\"n\": 1}}"));

        ConsumerRecord<@Nullable String, byte @Nullable []> reply = first(replies);
        assertThat(TopicReader.header(reply, "tributary-status")).isEqualTo("404");
        assertThat(text(reply)).contains("urn:tributary:problem:not-found");
        assertThat(rejections.read()).isEmpty();
    }

    @Test
    void doNotGoToTopicsThatAreNotForReplies() {
        topics.send(asking("tributary.changes", "{\"set\": {\"n\": 1}, \"upsert\": true}"));

        assertThat(TopicReader.header(first(rejections), "tributary-problem")).isEqualTo("forbidden");
    }

    @Test
    void toATopicThatDoesNotExistHoldNothingUp() {
        topics.send(asking("tributary.replies.nobody", "{\"set\": {\"n\": 1}, \"upsert\": true}"));
        topics.send(asking(topic, "{\"increment\": {\"n\": 1}}"));

        assertThat(text(first(replies))).contains("\"changes\":{\"n\":2}");
    }

    private ProducerRecord<byte[], byte[]> asking(String replyTo, String write) {
        ProducerRecord<byte[], byte[]> record = Topics.update(document, write);
        record.headers().add("tributary-reply-to", Topics.bytes(replyTo));
        return record;
    }

    private static ConsumerRecord<@Nullable String, byte @Nullable []> first(TopicReader reader) {
        List<ConsumerRecord<@Nullable String, byte @Nullable []>> read = new ArrayList<>();
        await().atMost(SOON).until(() -> {
            read.addAll(reader.read());
            return !read.isEmpty();
        });
        return read.getFirst();
    }

    private static String text(ConsumerRecord<?, byte @Nullable []> record) {
        byte[] value = record.value();
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }
}
