package io.tributary.service.start;

import org.apache.kafka.common.config.ConfigException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Any of Kafka's clients may be the one that refuses a property, so all are analyzed alike. */
final class ClientSettingsAnalyzer extends AbstractFailureAnalyzer<ConfigException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ConfigException refusal) {
        return new FailureAnalysis(
                "Kafka's client refuses its settings: " + refusal.getMessage() + ".",
                "Correct tributary.kafka.bootstrap-servers or tributary.kafka.properties.",
                refusal);
    }
}
