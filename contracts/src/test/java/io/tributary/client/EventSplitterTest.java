package io.tributary.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventSplitterTest {

    private final EventSplitter splitter = new EventSplitter();

    @Test
    void findsEventsAndComments() {
        assertThat(split("event: change\nid: 7\ndata: {\"ü\":1}\n\n: alive\n\ndata:plain\n\n"))
                .containsExactly(
                        new ServerSentEvent("change", "7", "{\"ü\":1}"),
                        ServerSentEvent.COMMENT,
                        new ServerSentEvent("message", null, "plain"));
    }

    @Test
    void joinsTheLinesOfTheData() {
        assertThat(split("data: a\ndata\ndata:  b\n\n"))
                .containsExactly(new ServerSentEvent("message", null, "a\n\n b"));
    }

    @Test
    void takesEveryKindOfLineEnd() {
        assertThat(split("event: a\r\ndata: 1\r\n\r\nevent: b\rdata: 2\r\r"))
                .containsExactly(new ServerSentEvent("a", null, "1"), new ServerSentEvent("b", null, "2"));
    }

    @Test
    void leavesOutWhatHasNoDataAndWhatItDoesNotKnow() {
        assertThat(split("retry: 500\n\nevent: a\n\nfoo: bar\ndata: 1\n\n"))
                .containsExactly(new ServerSentEvent("message", null, "1"));
    }

    @Test
    void findsTheSameWhereverTheStreamIsCut() {
        byte[] stream = "event: a\r\nid: é\r\ndata: ü\r\n\r\ndata: 2\n\n".getBytes(StandardCharsets.UTF_8);
        List<ServerSentEvent> events = new ArrayList<>();
        for (byte part : stream) {
            events.addAll(splitter.split(new byte[] {part}));
        }

        assertThat(events)
                .containsExactly(new ServerSentEvent("a", "é", "ü"), new ServerSentEvent("message", null, "2"));
    }

    private List<ServerSentEvent> split(String stream) {
        return splitter.split(stream.getBytes(StandardCharsets.UTF_8));
    }
}
