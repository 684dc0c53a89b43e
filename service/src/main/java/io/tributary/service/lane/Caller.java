package io.tributary.service.lane;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Someone who waits for an answer, and may lose patience: from then on nobody else answers. Whether the write was in a
 * statement under way at that moment decides what can be said about it.
 */
public final class Caller {

    private enum State {
        WAITING,
        UNDER_WAY,
        ANSWERED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final Consumer<Answer> reply;
    private final Runnable elsewhere;

    /**
     * Either is called, at most once, from any thread; must not block.
     *
     * @param reply gets the answer
     * @param elsewhere hears that nothing was applied, and that another instance owns the lane: it may be asked
     */
    public Caller(Consumer<Answer> reply, Runnable elsewhere) {
        this.reply = reply;
        this.elsewhere = elsewhere;
    }

    /** Called when the write goes into a batch; false when the caller is gone, and with it the write. */
    boolean begin() {
        return state.compareAndSet(State.WAITING, State.UNDER_WAY);
    }

    /** Called when it is certain that the batch was not applied and the write waits again. */
    void waitAgain() {
        state.compareAndSet(State.UNDER_WAY, State.WAITING);
    }

    /** Gives the answer, unless the caller is gone. */
    public void answer(Answer answer) {
        if (state.getAndSet(State.ANSWERED) != State.ANSWERED) {
            reply.accept(answer);
        }
    }

    /** Sends the caller, unless it is gone, to whoever owns the lane now; nothing was applied. */
    void turnAway() {
        if (state.getAndSet(State.ANSWERED) != State.ANSWERED) {
            elsewhere.run();
        }
    }

    /** What is certain about the write of a caller who stops waiting. */
    public enum GivenUp {
        /** It was still waiting and will not be applied. */
        NOT_APPLIED,
        /** It may be applied. */
        UNKNOWN,
        /** It has its answer. */
        ANSWERED
    }

    /** Stops waiting. */
    public GivenUp giveUp() {
        return switch (state.getAndSet(State.ANSWERED)) {
            case WAITING -> GivenUp.NOT_APPLIED;
            case UNDER_WAY -> GivenUp.UNKNOWN;
            case ANSWERED -> GivenUp.ANSWERED;
        };
    }
}
