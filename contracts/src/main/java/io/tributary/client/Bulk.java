package io.tributary.client;

import io.tributary.change.BulkAnswer;
import io.tributary.client.http.Call;
import io.tributary.client.http.Urls;
import io.tributary.json.BulkJson;
import io.tributary.write.Write;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.UUID;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends writes of any number in requests of some lines each, one after another: what was not answered can be sent again, and
 * a request lies in the sockets' buffers whole, since the HTTP client reads no answer before it has sent everything.
 */
final class Bulk {

    private static final int MOST_LINES = 1_000;
    private static final int MOST_BYTES = 64 << 10;

    private final Exchanges exchanges;
    private final String url;
    private final String key = UUID.randomUUID().toString();
    private int lines;
    private int bytes;
    private long sent;

    /** A bulk that is yet to be sent, once. */
    Bulk(Exchanges exchanges, String database) {
        this.exchanges = exchanges;
        this.url = Urls.of(database, "bulk");
    }

    /** Emits an answer to each write, in their order. */
    Flux<BulkAnswer> answers(Publisher<Write> writes) {
        return Flux.from(writes)
                .map(BulkJson::write)
                .bufferUntil(this::isFirstOfNext, true)
                .concatMap(this::answers, 1);
    }

    /** Whether a line has no room in the request that the lines before it go in. */
    private boolean isFirstOfNext(byte[] line) {
        boolean full = lines == MOST_LINES || (lines > 0 && bytes + line.length >= MOST_BYTES);
        lines = full ? 1 : lines + 1;
        bytes = (full ? 0 : bytes) + line.length + 1;
        return full;
    }

    private Flux<BulkAnswer> answers(List<byte[]> segment) {
        long before = sent;
        sent += segment.size();
        Call call = Call.postLines(url, joined(segment)).withKey(key + "/" + before);
        return exchanges
                .answer(call, body -> BulkAnswers.read(body, before, segment.size()))
                .onErrorResume(BulkAnswers.Undecided.class, undecided -> Mono.just(undecided.answers()))
                .flatMapIterable(answers -> answers);
    }

    private static byte[] joined(List<byte[]> segment) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(MOST_BYTES);
        for (byte[] line : segment) {
            body.writeBytes(line);
            body.write('\n');
        }
        return body.toByteArray();
    }
}
