package io.tributary.service.http.bulk;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.json.BulkJson;
import io.tributary.service.lane.Answer;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.scheduler.Scheduler;

/**
 * One bulk under way. Whatever happens, a part of the body, an answer, demand, the end of a pause, only leaves its trace and
 * {@linkplain #wake wakes} the bulk; all steps are taken on the connection's thread, one at a time.
 */
final class Bulk extends BaseSubscriber<DataBuffer> {

    private static final Logger log = LoggerFactory.getLogger(Bulk.class);

    /** Enough to fill the next commit while the answers of the last are on their way; no more than a lane has room for. */
    static final int LINES_UNDER_WAY = 1_024;

    /** Lines and documents that are given back, all together; a line that takes more is under way alone. */
    static final long BYTES_UNDER_WAY = 16L << 20;

    /** How long to wait before a line that was turned away is submitted again. */
    static final Duration PAUSE = Duration.ofMillis(5);

    private static final int PART_BYTES = 32 << 10;

    private final BulkWrites writes;
    private final BulkWrites.Request request;
    private final FluxSink<byte[]> answers;
    private final Scheduler thread;
    private final Scheduler timer;

    private final AtomicInteger wakeUps = new AtomicInteger();
    private final LineSplitter splitter;
    private final Queue<Line> lines = new ArrayDeque<>();
    private final Queue<BulkLine> underWay = new ArrayDeque<>();
    private @Nullable BulkLine next;
    private long bytesUnderWay;
    private boolean asked;
    private boolean restTaken;
    private boolean finished;

    private volatile @Nullable DataBuffer arrived;
    private volatile boolean ended;
    private volatile @Nullable Throwable failure;
    private volatile boolean pausing;

    /** @param timer where pauses end */
    Bulk(BulkWrites writes, BulkWrites.Request request, FluxSink<byte[]> answers, Scheduler thread, Scheduler timer) {
        this.writes = writes;
        this.request = request;
        this.answers = answers;
        this.thread = thread;
        this.timer = timer;
        this.splitter = new LineSplitter(writes.maxLineBytes());
    }

    void begin(Flux<DataBuffer> body) {
        body.subscribe(this);
        answers.onRequest(more -> wake());
        answers.onCancel(this::wake);
        wake();
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        // Asked for part by part.
    }

    @Override
    protected void hookOnNext(DataBuffer part) {
        arrived = part;
        wake();
    }

    @Override
    protected void hookOnComplete() {
        ended = true;
        wake();
    }

    @Override
    protected void hookOnError(Throwable error) {
        failure = error;
        ended = true;
        wake();
    }

    private void wake() {
        if (wakeUps.getAndIncrement() == 0) {
            thread.schedule(this::goOn);
        }
    }

    private void goOn() {
        int seen;
        do {
            seen = wakeUps.get();
            if (answers.isCancelled()) {
                abandon();
            } else if (!finished) {
                step();
            }
        } while (wakeUps.addAndGet(-seen) != 0);
    }

    private void abandon() {
        cancel();
        release();
        lines.clear();
        underWay.clear();
        next = null;
    }

    private void release() {
        DataBuffer part = arrived;
        if (part != null) {
            arrived = null;
            DataBufferUtils.release(part);
        }
    }

    private void step() {
        // Read before what has arrived: nothing arrives behind the end.
        boolean last = ended;
        takeWhatArrived(last);
        giveAnswers();
        submitLines();
        if (!lines.isEmpty() || next != null) {
            return;
        }
        if (last && underWay.isEmpty()) {
            finish();
        } else if (!last && !asked) {
            asked = true;
            request(1);
        }
    }

    private void takeWhatArrived(boolean last) {
        DataBuffer part = arrived;
        if (part != null) {
            arrived = null;
            asked = false;
            lines.addAll(splitter.split(part));
        }
        if (last && failure == null && !restTaken) {
            restTaken = true;
            lines.addAll(splitter.rest());
        }
    }

    private void giveAnswers() {
        while (answers.requestedFromDownstream() > 0 && isNextAnswered()) {
            ByteArrayOutputStream part = new ByteArrayOutputStream(PART_BYTES);
            while (part.size() < PART_BYTES && isNextAnswered()) {
                BulkLine line = underWay.remove();
                bytesUnderWay -= writes.bytes(line);
                part.writeBytes(BulkJson.writeAnswer(line.told(), request.integers()));
                part.write('\n');
            }
            answers.next(part.toByteArray());
        }
    }

    private boolean isNextAnswered() {
        BulkLine line = underWay.peek();
        return line != null && line.isAnswered();
    }

    /** Submits lines in their order, while there is room; none is submitted before one that was turned away. */
    private void submitLines() {
        while (!pausing) {
            BulkLine line = next != null ? next : read(lines.poll());
            next = line;
            if (line == null || !hasRoomFor(line) || !isSubmitted(line)) {
                return;
            }
            next = null;
            underWay.add(line);
            bytesUnderWay += writes.bytes(line);
            if (line.isAnswered()) {
                wake();
            }
        }
    }

    private @Nullable BulkLine read(@Nullable Line line) {
        return line == null ? null : writes.read(request, line);
    }

    private boolean hasRoomFor(BulkLine line) {
        return underWay.isEmpty()
                || (underWay.size() < LINES_UNDER_WAY && bytesUnderWay + writes.bytes(line) <= BYTES_UNDER_WAY);
    }

    private boolean isSubmitted(BulkLine line) {
        if (line.write() == null) {
            return true;
        }
        line.begin();
        writes.submit(request, line).subscribe(answer -> answer(line, answer), fault -> answer(line, internal(fault)));
        if (!line.isTurnedAway()) {
            return true;
        }
        pausing = true;
        timer.schedule(this::resume, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        return false;
    }

    private void answer(BulkLine line, Answer answer) {
        line.answer(answer);
        wake();
    }

    private static Answer internal(Throwable fault) {
        log.error("a line of a bulk is refused for a fault of the program", fault);
        return new Answer.GivenUp(Problem.of(ProblemType.INTERNAL, "the write met a fault of the service"));
    }

    private void resume() {
        pausing = false;
        wake();
    }

    private void finish() {
        finished = true;
        Throwable error = failure;
        if (error == null) {
            answers.complete();
        } else {
            answers.error(error);
        }
    }
}
