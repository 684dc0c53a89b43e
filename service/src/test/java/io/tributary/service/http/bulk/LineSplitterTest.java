package io.tributary.service.http.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.core.io.buffer.NettyDataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

class LineSplitterTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void splitsWhereverBuffersEnd(int size) {
        assertThat(lines("{\"a\":1}\n[2]\nlast", size, 100)).containsExactly("1:{\"a\":1}", "2:[2]", "3:last");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100})
    void countsBlankLinesAndLeavesThemOut(int size) {
        assertThat(lines("a\n\nb\r\n\r\n \t\nc", size, 100)).containsExactly("1:a", "3:b\r", "6:c");
    }

    @Test
    void findsNoLineBehindTheLastFeed() {
        assertThat(lines("a\n", 100, 100)).containsExactly("1:a");
    }

    @Test
    void findsNoLineInNothing() {
        assertThat(lines("", 100, 100)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100})
    void skipsALineThatIsTooLong(int size) {
        assertThat(lines("abc\nabcd\nabcdefghijkl\na\nlonger", size, 3))
                .containsExactly("1:abc", "2: too long", "3: too long", "4:a", "5: too long");
    }

    @Test
    void releasesBuffers() {
        NettyDataBuffer buffer = new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT).allocateBuffer(8);
        buffer.write("a\nb", StandardCharsets.UTF_8);

        new LineSplitter(100).split(buffer);

        assertThat(buffer.isAllocated()).isFalse();
    }

    private static List<String> lines(String text, int bufferSize, int maxBytes) {
        LineSplitter splitter = new LineSplitter(maxBytes);
        List<Line> lines = new ArrayList<>();
        for (int at = 0; at < text.length(); at += bufferSize) {
            lines.addAll(splitter.split(buffer(text.substring(at, Math.min(text.length(), at + bufferSize)))));
        }
        lines.addAll(splitter.rest());
        return lines.stream()
                .map(line -> switch (line) {
                    case Line.Whole(long number, byte[] bytes) ->
                        number + ":" + new String(bytes, StandardCharsets.UTF_8);
                    case Line.TooLong(long number) -> number + ": too long";
                })
                .toList();
    }

    private static DataBuffer buffer(String text) {
        return DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
