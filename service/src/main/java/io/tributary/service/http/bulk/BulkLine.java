package io.tributary.service.http.bulk;

import io.tributary.change.BulkAnswer;
import io.tributary.change.Outcome;
import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.service.lane.Answer;
import io.tributary.write.Write;
import org.jspecify.annotations.Nullable;

/** A line on its way from the body to its answer. Answers come from any thread. */
final class BulkLine {

    private final long number;
    private final @Nullable Write write;
    private final int length;
    private volatile @Nullable Answer answer;

    private BulkLine(long number, @Nullable Write write, int length) {
        this.number = number;
        this.write = write;
        this.length = length;
    }

    /** @param length how many bytes the line has */
    static BulkLine of(long number, Write write, int length) {
        return new BulkLine(number, write, length);
    }

    /** A line that is answered before it reaches a lane. */
    static BulkLine refused(long number, Problem problem) {
        BulkLine line = new BulkLine(number, null, 0);
        line.answer(new Answer.GivenUp(problem));
        return line;
    }

    /** What is to be submitted; null when the line is refused. */
    @Nullable
    Write write() {
        return write;
    }

    int length() {
        return length;
    }

    /** Called before it is submitted, which may be again. */
    void begin() {
        answer = null;
    }

    void answer(Answer given) {
        answer = given;
    }

    boolean isAnswered() {
        return answer != null;
    }

    /** Whether its lane had no room for it, so that it is to be submitted again. */
    boolean isTurnedAway() {
        return write != null && answer instanceof Answer.GivenUp(Problem problem) && problem.type() == ProblemType.BUSY;
    }

    /** What the caller is told; only once it is answered. */
    BulkAnswer told() {
        return switch (answer) {
            case Answer.GivenUp(Problem problem) -> new BulkAnswer.Refused(number, problem);
            case Answer.Decided(Outcome.Refused refused, boolean replayed) ->
                new BulkAnswer.Refused(number, refused.problem());
            case Answer.Decided(Outcome.Applied applied, boolean replayed) -> new BulkAnswer.Applied(number, applied);
            case Answer.DecidedBatch batch -> throw new IllegalArgumentException("a write was answered as a batch");
            case null -> throw new IllegalStateException("line " + number + " is not answered yet");
        };
    }
}
