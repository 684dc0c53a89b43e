package io.tributary.service.trigger;

import java.time.Duration;

/**
 * How triggers are fired.
 *
 * @param deepest how many of them may lead to a change, one after another
 * @param privateTargets whether webhooks may call addresses that are not of the public Internet
 * @param attempts how often a webhook is called at most
 * @param firstPause before the second attempt; each further pause is twice as long, up to a minute
 * @param response how long a webhook may take to answer
 */
public record TriggerSettings(
        int deepest, boolean privateTargets, int attempts, Duration firstPause, Duration response) {

    /** What holds unless configured otherwise: a webhook is given up after some two minutes. */
    public static final TriggerSettings DEFAULT =
            new TriggerSettings(10, false, 8, Duration.ofSeconds(1), Duration.ofSeconds(10));

    /** @throws IllegalArgumentException when something is not positive */
    public TriggerSettings {
        if (deepest < 1 || attempts < 1 || !firstPause.isPositive() || !response.isPositive()) {
            throw new IllegalArgumentException("depth, attempts and times of triggers are positive");
        }
    }
}
