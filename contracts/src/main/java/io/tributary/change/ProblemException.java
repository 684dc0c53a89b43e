package io.tributary.change;

/**
 * Carries a {@link Problem}: out of code that reads untrusted input, and to callers of the client whom the service has
 * refused. What to do about it depends on its {@link #type}.
 */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.type().slug() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    /** The kind of the problem. */
    public ProblemType type() {
        return problem.type();
    }
}
