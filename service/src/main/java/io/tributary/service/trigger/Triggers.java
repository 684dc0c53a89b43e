package io.tributary.service.trigger;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.json.Limits;
import io.tributary.json.TriggerJson;
import io.tributary.service.definition.Definitions;
import io.tributary.service.store.Definition;
import io.tributary.service.store.TriggerFailures;
import io.tributary.trigger.Placeholder;
import io.tributary.trigger.SavedTrigger;
import io.tributary.trigger.Trigger;
import io.tributary.trigger.TriggerAction;
import io.tributary.trigger.TriggerFailure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongPredicate;
import reactor.core.publisher.Mono;

/** The triggers of all databases: checks and keeps them, and has them ready for those who fire them. Thread-safe. */
public final class Triggers {

    private final Definitions definitions;
    private final TriggerFailures failures;
    private final Limits limits;
    private final boolean changesHaveBefore;
    private final boolean changesHaveAfter;
    private volatile TriggerView view = TriggerView.EMPTY;

    /**
     * @param limits of what a trigger says
     * @param changesHaveBefore whether changes carry the data before their step
     * @param changesHaveAfter whether each change carries the data after its step
     */
    public Triggers(
            Definitions definitions,
            TriggerFailures failures,
            Limits limits,
            boolean changesHaveBefore,
            boolean changesHaveAfter) {
        this.definitions = definitions;
        this.failures = failures;
        this.limits = limits;
        this.changesHaveBefore = changesHaveBefore;
        this.changesHaveAfter = changesHaveAfter;
        definitions.follow(all -> view = TriggerView.of(all));
    }

    /** Those that are in effect here. */
    TriggerView view() {
        return view;
    }

    /** Keeps a failure for those who look; it is no more than a hint, and its loss harms nobody. */
    Mono<Void> failed(Definition.Key trigger, TriggerFailure failure) {
        return failures.add(trigger, failure).onErrorComplete();
    }

    /** Completes when those are in effect here that are kept now. Errs as the store does. */
    Mono<Void> refreshed() {
        return definitions.refreshed();
    }

    /** Emits a trigger with its last failures; completes empty when there is none of this name. Errs as the store does. */
    public Mono<SavedTrigger> find(String database, String name) {
        return definitions
                .find(key(database, name))
                .flatMap(found -> failures.last(found.key()).map(last -> saved(found, last)));
    }

    /** Emits the triggers of a database by name, without failures. Errs as the store does. */
    public Mono<List<SavedTrigger>> list(String database) {
        return definitions
                .list(Definition.Kind.TRIGGER, database)
                .map(found -> found.stream()
                        .map(definition -> saved(definition, List.of()))
                        .toList());
    }

    /**
     * Saves a trigger, which changes fire from now on. Emits it. Errs with a {@link ProblemException}: as {@link
     * TriggerJson#read} does, {@code bad-path}, and {@code condition-failed}; and as the store does.
     *
     * @param condition which version it may follow, 0 for none
     */
    public Mono<SavedTrigger> save(String database, String name, byte[] trigger, LongPredicate condition) {
        return Mono.fromRunnable(() -> check(database, name, trigger))
                .then(Mono.defer(() ->
                        definitions.save(key(database, name), new String(trigger, StandardCharsets.UTF_8), condition)))
                .map(saved -> saved(saved, List.of()));
    }

    private static SavedTrigger saved(Definition definition, List<TriggerFailure> failures) {
        byte[] body = definition.body().getBytes(StandardCharsets.UTF_8);
        return new SavedTrigger(
                definition.key().name(),
                definition.version(),
                TriggerJson.readStored(definition.key().database(), body),
                definition.createdAt(),
                definition.updatedAt(),
                failures);
    }

    /**
     * Deletes a trigger. Emits true, or false when there was none. Errs with {@code condition-failed}, and as the store does.
     *
     * @param condition which version may be deleted
     */
    public Mono<Boolean> delete(String database, String name, LongPredicate condition) {
        return definitions.delete(key(database, name), condition);
    }

    private void check(String database, String name, byte[] body) {
        if (!Trigger.isName(name)) {
            throw refusal(
                    ProblemType.BAD_PATH, "a trigger's name is 1 to 63 letters, digits, dots, dashes and underscores");
        }
        Trigger trigger = TriggerJson.read(database, body, limits);
        if (!changesHaveAfter) {
            throw refusal(ProblemType.BAD_VALUE, "triggers need tributary.changes.after=all: they judge each change");
        }
        switch (trigger.action()) {
            case TriggerAction.Webhook webhook -> check(webhook);
            case TriggerAction.FollowUp followUp -> check(followUp);
        }
    }

    private static void check(TriggerAction.Webhook webhook) {
        if (webhook.secret() != null) {
            try {
                var _ = WebhookSignature.key(webhook.secret());
            } catch (IllegalArgumentException e) {
                throw new ProblemException(
                        Problem.of(ProblemType.BAD_VALUE, "the secret cannot be used: " + e.getMessage())
                                .withPointer("/do/webhook/secret"));
            }
        }
    }

    private void check(TriggerAction.FollowUp followUp) {
        if (!changesHaveBefore && TriggerJson.mentions(followUp, Placeholder.Variable.BEFORE)) {
            throw new ProblemException(Problem.of(
                            ProblemType.BAD_VALUE,
                            "${before} needs tributary.changes.before=true: changes do not have it")
                    .withPointer("/do/writes"));
        }
    }

    private static Definition.Key key(String database, String name) {
        return new Definition.Key(Definition.Kind.TRIGGER, database, name);
    }

    private static ProblemException refusal(ProblemType type, String detail) {
        return new ProblemException(Problem.of(type, detail));
    }
}
