package io.tributary.json;

import io.tributary.change.Change;
import io.tributary.change.ProblemException;
import io.tributary.trigger.Placeholder;
import io.tributary.trigger.SavedTrigger;
import io.tributary.trigger.Trigger;
import io.tributary.trigger.TriggerAction;
import io.tributary.trigger.TriggerFailure;
import io.tributary.write.Filter;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Triggers as JSON. */
public final class TriggerJson {

    private TriggerJson() {}

    /**
     * Reads {@code {"collection", "on", "where", "changed", "do"}}, of which {@code collection} and {@code do} must be there.
     *
     * @param database the database of the collection
     * @throws ProblemException with a JSON Pointer to the fault
     */
    public static Trigger read(String database, byte[] body, Limits limits) {
        return JsonText.read(body, limits, in -> TriggerReader.read(in, body, database));
    }

    /**
     * Reads what {@link #read} has read before, whatever the limits are now.
     *
     * @throws ProblemException when {@code body} is anything else
     */
    public static Trigger readStored(String database, byte[] body) {
        return read(database, body, Limits.TRUSTED);
    }

    /** Whether a write holds a placeholder of this kind. */
    public static boolean mentions(TriggerAction.FollowUp followUp, Placeholder.Variable variable) {
        return followUp.writes().stream()
                .flatMap(template -> TemplateJson.placeholders(template).stream())
                .anyMatch(placeholder -> placeholder.variable() == variable);
    }

    /**
     * Writes {@code {"name", "version", "createdAt", "updatedAt", "collection", "on", "where", "changed", "do", "failures"}}. Of
     * a webhook's secret it tells that there is one, of its headers the names.
     */
    public static byte[] write(SavedTrigger trigger) {
        return JsonOutput.bytes(out -> write(out, trigger));
    }

    /** Writes {@code {"triggers": […]}}. */
    public static byte[] write(List<SavedTrigger> triggers) {
        return JsonOutput.bytes(out -> {
            out.writeStartObject();
            out.writeArrayPropertyStart("triggers");
            triggers.forEach(trigger -> write(out, trigger));
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static void write(JsonGenerator out, SavedTrigger saved) {
        out.writeStartObject();
        out.writeStringProperty("name", saved.name());
        out.writeNumberProperty("version", saved.version());
        out.writeStringProperty("createdAt", Timestamps.format(saved.createdAt()));
        out.writeStringProperty("updatedAt", Timestamps.format(saved.updatedAt()));
        write(out, saved.trigger());
        if (!saved.failures().isEmpty()) {
            out.writeArrayPropertyStart("failures");
            saved.failures().forEach(failure -> write(out, failure));
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, TriggerFailure failure) {
        out.writeStartObject();
        out.writeStringProperty("time", Timestamps.format(failure.time()));
        out.writeStringProperty("document", failure.document());
        out.writeNumberProperty("version", failure.version());
        out.writeStringProperty("problem", failure.problem());
        out.writeStringProperty("detail", failure.detail());
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, Trigger trigger) {
        out.writeStringProperty("collection", trigger.collection().path());
        out.writeArrayPropertyStart("on");
        trigger.on().stream().sorted().map(Change.Kind::wireName).forEach(out::writeString);
        out.writeEndArray();
        if (!trigger.where().equals(Filter.ALWAYS)) {
            out.writeName("where");
            new FilterWriter(out, Form.WIRE).filter(trigger.where());
        }
        if (!trigger.changed().isEmpty()) {
            out.writeArrayPropertyStart("changed");
            trigger.changed().forEach(path -> out.writeString(path.toString()));
            out.writeEndArray();
        }
        out.writeObjectPropertyStart("do");
        if (trigger.action() instanceof TriggerAction.Webhook webhook) {
            write(out, webhook);
        } else if (trigger.action() instanceof TriggerAction.FollowUp followUp) {
            out.writeArrayPropertyStart("writes");
            followUp.writes().forEach(template -> out.writeRawValue(template.json()));
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, TriggerAction.Webhook webhook) {
        out.writeObjectPropertyStart("webhook");
        out.writeStringProperty("url", webhook.url().toString());
        out.writeArrayPropertyStart("headers");
        webhook.headers().keySet().stream().sorted().forEach(out::writeString);
        out.writeEndArray();
        out.writeBooleanProperty("signed", webhook.secret() != null);
        out.writeEndObject();
    }
}
