package io.tributary.service.http.bulk;

import io.tributary.change.Outcome;
import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.service.intake.Writes;
import io.tributary.service.lane.Answer;
import io.tributary.write.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Says of each write that it did nothing, at once or when asked to. */
final class ScriptedWrites implements Writes {

    private final List<Write> taken = new ArrayList<>();
    private final List<Sinks.One<Answer>> held = new ArrayList<>();
    private Set<String> busy = Set.of();
    private boolean holding;
    private int cancelled;

    /** From now on writes wait for {@link #answer}. */
    void hold() {
        holding = true;
    }

    /** From now on the lanes of these documents are full, and no others. */
    void refuseAsBusy(String... documents) {
        busy = Set.of(documents);
    }

    /** Answers a write that is held, by its place among all that were taken. */
    void answer(int index) {
        held.get(index).tryEmitValue(unchanged(taken.get(index))).orThrow();
    }

    List<Write> taken() {
        return taken;
    }

    int cancelled() {
        return cancelled;
    }

    @Override
    public Mono<Answer> submit(Write write, int length, @Nullable String actor, @Nullable String traceparent) {
        return Mono.defer(() -> {
            if (busy.contains(write.document().path())) {
                return Mono.just(new Answer.GivenUp(Problem.of(ProblemType.BUSY, "full")));
            }
            taken.add(write);
            if (!holding) {
                return Mono.just(unchanged(write));
            }
            Sinks.One<Answer> answer = Sinks.one();
            held.add(answer);
            return answer.asMono().doOnCancel(() -> cancelled++);
        });
    }

    private static Answer unchanged(Write write) {
        var applied =
                new Outcome.Applied(write.document(), 0, null, false, false, Outcome.Effect.NONE, List.of(), null);
        return new Answer.Decided(applied, false);
    }
}
