package io.tributary.service.start;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Has Spring Boot report a refused start as a description and an action. Named in {@code META-INF/spring.factories}. */
final class RefusedStartAnalyzer extends AbstractFailureAnalyzer<RefusedStartException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, RefusedStartException refusal) {
        return new FailureAnalysis(refusal.fault() + ".", refusal.remedy(), refusal);
    }
}
