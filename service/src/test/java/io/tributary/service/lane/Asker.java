package io.tributary.service.lane;

import io.tributary.change.BatchOutcome;
import io.tributary.change.Outcome;
import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Someone who asks for a write and keeps the answers. */
final class Asker {

    private final List<Answer> answers = new ArrayList<>();
    private final Caller caller = new Caller(
            answers::add,
            () -> answers.add(
                    new Answer.GivenUp(Problem.of(ProblemType.UNAVAILABLE, "another instance may be asked"))));

    Caller caller() {
        return caller;
    }

    Entry.Call call(Entry.Submission submission) {
        return new Entry.Call(submission, caller);
    }

    List<Answer> answers() {
        return answers;
    }

    /** All answers in words: {@code version 3}, {@code version 3 again}, {@code versions 3 1}, or the slug of the problem. */
    List<String> heard() {
        return answers.stream().map(Asker::inWords).toList();
    }

    private static String inWords(Answer answer) {
        return switch (answer) {
            case Answer.Decided(Outcome.Applied applied, boolean replayed) ->
                "version " + applied.version() + (replayed ? " again" : "");
            case Answer.Decided(Outcome.Refused refused, boolean replayed) ->
                refused.problem().type().slug() + (replayed ? " again" : "");
            case Answer.DecidedBatch(BatchOutcome.Applied applied, boolean replayed) ->
                "versions "
                        + applied.results().stream()
                                .map(result -> Long.toString(result.version()))
                                .collect(Collectors.joining(" "))
                        + (replayed ? " again" : "");
            case Answer.DecidedBatch(BatchOutcome.Refused(Problem problem), boolean replayed) ->
                problem.type().slug() + (replayed ? " again" : "");
            case Answer.GivenUp(var problem) -> problem.type().slug();
        };
    }
}
