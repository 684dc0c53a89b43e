package io.tributary.service.http.request;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import org.springframework.http.HttpHeaders;

/** Ends a request with a problem, and headers that belong to it: {@code Allow}, {@code Accept-Patch}. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient HttpHeaders headers = new HttpHeaders();

    public Refusal(Problem problem) {
        super(problem.type().slug() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** A problem that names nothing but what {@code detail} says. */
    public static Refusal of(ProblemType type, String detail) {
        return new Refusal(Problem.of(type, detail));
    }

    /** This refusal, answered with one more header. */
    public Refusal with(String header, String value) {
        headers.add(header, value);
        return this;
    }

    public Problem problem() {
        return problem;
    }

    public HttpHeaders headers() {
        return headers;
    }
}
