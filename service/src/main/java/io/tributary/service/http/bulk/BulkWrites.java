package io.tributary.service.http.bulk;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.json.BulkJson;
import io.tributary.json.IntegerForm;
import io.tributary.json.Limits;
import io.tributary.service.http.request.WriteHeaders;
import io.tributary.service.http.server.ConnectionThread;
import io.tributary.service.intake.Writes;
import io.tributary.service.lane.Answer;
import io.tributary.write.Write;
import io.tributary.write.WriteOptions.Return;
import java.util.Objects;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink.OverflowStrategy;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Makes writes of the lines of bulks. */
public final class BulkWrites {

    private final Writes writes;
    private final Limits limits;
    private final Scheduler timer;

    /** @param timer where pauses end */
    public BulkWrites(Writes writes, Limits limits, Scheduler timer) {
        this.writes = writes;
        this.limits = limits;
        this.timer = timer;
    }

    /**
     * What all lines of a bulk have in common.
     *
     * @param database the database of the documents
     * @param headers whose id the ids of lines are made of
     * @param integers how answers write integers
     */
    public record Request(String database, WriteHeaders headers, IntegerForm integers) {}

    /**
     * Emits answers in the order of the lines, each ended by a line feed, as many at once as there are; completes behind the
     * last. Submits a bounded number of writes ahead of the answers that were emitted, and asks for no more of the body
     * meanwhile. Errs as the body does, behind the answers to all that was submitted. On cancel the body is cancelled, the
     * writes that were submitted go on: what is applied in the end is a beginning of the body. Signals on the connection's
     * thread.
     */
    public Flux<byte[]> answers(Request request, Flux<DataBuffer> body) {
        return Flux.push(
                answers -> {
                    Scheduler thread = ConnectionThread.of(answers.contextView());
                    new Bulk(this, request, answers, thread, timer).begin(body);
                },
                OverflowStrategy.IGNORE);
    }

    int maxLineBytes() {
        return limits.requestBytes();
    }

    /** The memory that a line takes until its answer is given away, roughly, in bytes. */
    long bytes(BulkLine line) {
        Write write = line.write();
        boolean returnsDocument = write != null && write.options().answer() == Return.DOCUMENT;
        return line.length() + (returnsDocument ? limits.documentBytes() : 0L);
    }

    /** The write of a line, or why it is none. */
    BulkLine read(Request request, Line line) {
        return switch (line) {
            case Line.TooLong(long number) ->
                BulkLine.refused(
                        number,
                        Problem.of(
                                ProblemType.REQUEST_TOO_LARGE,
                                "a line has at most " + limits.requestBytes() + " bytes"));
            case Line.Whole(long number, byte[] bytes) -> {
                try {
                    Write write = BulkJson.read(request.database(), bytes, limits);
                    yield BulkLine.of(number, request.headers().addTo(write, number), bytes.length);
                } catch (ProblemException e) {
                    yield BulkLine.refused(number, e.problem());
                }
            }
        };
    }

    /** What becomes of a line that has a write. */
    Mono<Answer> submit(Request request, BulkLine line) {
        return writes.submit(
                Objects.requireNonNull(line.write()),
                line.length(),
                null,
                request.headers().traceparent());
    }
}
