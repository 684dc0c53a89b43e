package io.tributary.service.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallerTest {

    private static final Answer ANSWER = new Answer.GivenUp(Problem.of(ProblemType.UNAVAILABLE, "away"));

    private final List<Answer> answers = new ArrayList<>();
    private final Caller caller = new Caller(answers::add, () -> {});

    @Test
    void isAnsweredOnce() {
        caller.answer(ANSWER);
        caller.answer(ANSWER);

        assertThat(answers).containsExactly(ANSWER);
    }

    @Test
    void hearsNothingAfterGivingUp() {
        caller.giveUp();
        caller.answer(ANSWER);

        assertThat(answers).isEmpty();
    }

    @Test
    void knowsThatAWaitingWriteIsNotApplied() {
        assertThat(caller.giveUp()).isEqualTo(Caller.GivenUp.NOT_APPLIED);
    }

    @Test
    void takesItsWriteAlongWhenItGivesUpInTheQueue() {
        caller.giveUp();

        assertThat(caller.begin()).isFalse();
    }

    @Test
    void cannotKnowTheOutcomeOfAWriteUnderWay() {
        caller.begin();

        assertThat(caller.giveUp()).isEqualTo(Caller.GivenUp.UNKNOWN);
    }

    @Test
    void knowsAgainOnceItsBatchWasCertainlyNotApplied() {
        caller.begin();
        caller.waitAgain();

        assertThat(caller.giveUp()).isEqualTo(Caller.GivenUp.NOT_APPLIED);
    }

    @Test
    void noticesThatTheAnswerWasFaster() {
        caller.begin();
        caller.answer(ANSWER);

        assertThat(caller.giveUp()).isEqualTo(Caller.GivenUp.ANSWERED);
    }
}
