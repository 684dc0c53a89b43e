package io.tributary.client;

import io.tributary.change.BulkAnswer;
import io.tributary.json.BulkJson;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The answers to the lines of one request. */
final class BulkAnswers {

    private BulkAnswers() {}

    /** Some answers may be others when they are asked for again. */
    static final class Undecided extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient List<BulkAnswer> answers;

        private Undecided(List<BulkAnswer> answers) {
            super("some writes of a bulk are not decided", null, false, false);
            this.answers = answers;
        }

        List<BulkAnswer> answers() {
            return answers;
        }
    }

    /**
     * Reads the answers, numbered as the writes of the whole bulk are.
     *
     * @param before how many writes went in requests before this one
     * @param lines how many lines the request had
     * @throws PassingFailure when answers are missing, or some writes are {@link Undecided}
     */
    static List<BulkAnswer> read(byte[] body, long before, int lines) {
        List<BulkAnswer> answers = new ArrayList<>(lines);
        for (int start = 0; start < body.length; ) {
            int end = start;
            while (end < body.length && body[end] != '\n') {
                end++;
            }
            answers.add(numbered(BulkJson.readAnswer(Arrays.copyOfRange(body, start, end)), before));
            start = end + 1;
        }
        if (answers.size() < lines) {
            throw new PassingFailure(new IOException("the answers to a bulk ended early"), Duration.ZERO);
        } else if (answers.stream().anyMatch(BulkAnswers::isUndecided)) {
            throw new PassingFailure(new Undecided(answers), Duration.ZERO);
        }
        return answers;
    }

    private static BulkAnswer numbered(BulkAnswer answer, long before) {
        if (answer instanceof BulkAnswer.Applied applied) {
            return new BulkAnswer.Applied(before + applied.line(), applied.outcome());
        }
        return new BulkAnswer.Refused(before + answer.line(), ((BulkAnswer.Refused) answer).problem());
    }

    private static boolean isUndecided(BulkAnswer answer) {
        return answer instanceof BulkAnswer.Refused refused
                && Exchanges.mayPass(refused.problem().type().status());
    }
}
