package io.tributary.service.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTopicsTest {

    private final ReplyTopics topics = new ReplyTopics("tributary.replies.*", "tributary.replies");

    @Test
    void admitTheTopicsOfTheirPattern() {
        assertThat(topics.admits("tributary.replies.shop-1")).isTrue();
    }

    @Test
    void admitTheTopicOfTheInstances() {
        assertThat(topics.admits("tributary.replies")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tributary.changes", "tributaryXreplies.a", "x.tributary.replies.a", ""})
    void admitNoOthers(String topic) {
        assertThat(topics.admits(topic)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tributary.replies.a b", "tributary.replies.a\nb", "tributary.replies./"})
    void admitNothingThatIsNoTopicsName(String topic) {
        assertThat(topics.admits(topic)).isFalse();
    }
}
