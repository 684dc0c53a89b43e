package io.tributary.json;

import io.tributary.change.Change;
import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.name.CollectionName;
import io.tributary.name.FieldPath;
import io.tributary.trigger.Trigger;
import io.tributary.trigger.TriggerAction;
import io.tributary.trigger.WriteTemplate;
import io.tributary.write.Filter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one trigger, whose members may come in any order. */
final class TriggerReader {

    private static final int MOST_WRITES = 20;
    private static final int MOST_HEADERS = 20;
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]{0,4000}");

    /** What the service itself says in its requests. */
    private static final Set<String> OWN_HEADERS = Set.of(
            "host",
            "content-length",
            "content-type",
            "transfer-encoding",
            "connection",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature");

    private final JsonInput in;
    private final byte[] body;
    private final String database;

    private @Nullable CollectionName collection;
    private Set<Change.Kind> on = EnumSet.allOf(Change.Kind.class);
    private Filter where = Filter.ALWAYS;
    private List<FieldPath> changed = List.of();
    private @Nullable TriggerAction action;

    private TriggerReader(JsonInput in, byte[] body, String database) {
        this.in = in;
        this.body = body;
        this.database = database;
    }

    /**
     * @param body what {@code in} reads
     * @throws ProblemException with a JSON Pointer to the fault
     */
    static Trigger read(JsonInput in, byte[] body, String database) {
        TriggerReader reader = new TriggerReader(in, body, database);
        in.eachMember("a trigger, an object", reader::member);
        return reader.trigger();
    }

    private Trigger trigger() {
        if (collection == null) {
            throw in.fault(ProblemType.BAD_VALUE, "the trigger has no \"collection\"");
        }
        if (action == null) {
            throw in.fault(ProblemType.BAD_VALUE, "the trigger has no \"do\"");
        }
        return new Trigger(collection, on, where, changed, action);
    }

    private void member(String name) {
        switch (name) {
            case "collection" -> collection = collection();
            case "on" -> on = kinds();
            case "where" -> where = FilterReader.ofDocument(in);
            case "changed" -> changed = FieldPaths.read(in, "an array of field paths");
            case "do" -> action = action();
            default ->
                throw in.fault(
                        ProblemType.UNKNOWN_MEMBER,
                        MemberHints.unknown(name, List.of("collection", "on", "where", "changed", "do")));
        }
    }

    private CollectionName collection() {
        String path = in.text("the name of a collection");
        return in.checking(ProblemType.BAD_PATH, () -> new CollectionName(database, path));
    }

    private Set<Change.Kind> kinds() {
        Set<Change.Kind> kinds = EnumSet.noneOf(Change.Kind.class);
        in.eachElement("an array of \"create\", \"update\" and \"delete\"", () -> kinds.add(kind()));
        if (kinds.isEmpty()) {
            throw in.fault(ProblemType.BAD_VALUE, "\"on\" names no kind of change");
        }
        return kinds;
    }

    private Change.Kind kind() {
        String what = "\"create\", \"update\" or \"delete\"";
        String name = in.text(what);
        return Stream.of(Change.Kind.values())
                .filter(kind -> kind.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> in.fault(ProblemType.BAD_VALUE, "expected " + what));
    }

    private TriggerAction action() {
        List<TriggerAction> actions = new ArrayList<>();
        in.eachMember("{\"webhook\": …} or {\"writes\": […]}", name -> {
            switch (name) {
                case "webhook" -> actions.add(new WebhookReader().read());
                case "writes" -> actions.add(new TriggerAction.FollowUp(templates()));
                default ->
                    throw in.fault(ProblemType.UNKNOWN_MEMBER, MemberHints.unknown(name, List.of("webhook", "writes")));
            }
        });
        if (actions.size() != 1) {
            throw in.fault(ProblemType.MALFORMED, "a trigger does one thing: \"webhook\" or \"writes\"");
        }
        return actions.get(0);
    }

    private List<WriteTemplate> templates() {
        List<WriteTemplate> templates = new ArrayList<>();
        in.eachElement("an array of writes", () -> templates.add(template()));
        if (templates.isEmpty() || templates.size() > MOST_WRITES) {
            throw in.fault(ProblemType.BAD_VALUE, "expected 1 to " + MOST_WRITES + " writes");
        }
        return templates;
    }

    private WriteTemplate template() {
        String place = in.pointer();
        int start = in.tokenStart();
        in.skip();
        var template = new WriteTemplate(new String(body, start, in.tokenEnd() - start, StandardCharsets.UTF_8));
        try {
            TemplateJson.check(template, database, in.limits());
            return template;
        } catch (ProblemException fault) {
            Problem problem = fault.problem();
            throw new ProblemException(
                    problem.withPointer(place + (problem.pointer() == null ? "" : problem.pointer())));
        }
    }

    /** Reads the webhook that the reader stands on. */
    private final class WebhookReader {

        private @Nullable URI url;
        private Map<String, String> headers = Map.of();
        private @Nullable String secret;

        TriggerAction.Webhook read() {
            in.eachMember("a webhook, an object", this::member);
            if (url == null) {
                throw in.fault(ProblemType.BAD_VALUE, "the webhook has no \"url\"");
            }
            return new TriggerAction.Webhook(url, headers, secret);
        }

        private void member(String name) {
            switch (name) {
                case "url" -> url = url();
                case "headers" -> headers = headers();
                case "secret" -> secret = in.text("a secret, a string");
                default ->
                    throw in.fault(
                            ProblemType.UNKNOWN_MEMBER, MemberHints.unknown(name, List.of("url", "headers", "secret")));
            }
        }

        private URI url() {
            String what = "an absolute URL of http or https without user and fragment";
            String text = in.text(what);
            URI read = in.checking(ProblemType.BAD_VALUE, () -> URI.create(text));
            String scheme = read.getScheme() == null ? "" : read.getScheme().toLowerCase(Locale.ROOT);
            if (!Set.of("http", "https").contains(scheme)
                    || read.getHost() == null
                    || read.getRawUserInfo() != null
                    || read.getRawFragment() != null) {
                throw in.fault(ProblemType.BAD_VALUE, "expected " + what);
            }
            return read;
        }

        private Map<String, String> headers() {
            Map<String, String> read = new HashMap<>();
            in.eachMember("headers, an object of strings", name -> {
                if (!HEADER_NAME.matcher(name).matches() || OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                    throw in.fault(
                            ProblemType.BAD_VALUE,
                            "no header to choose: " + Text.quoted(name) + "; the service's own are "
                                    + OWN_HEADERS.stream().sorted().collect(Collectors.joining(", ")));
                }
                String value = in.text("a header's value, a string");
                if (!HEADER_VALUE.matcher(value).matches()) {
                    throw in.fault(
                            ProblemType.BAD_VALUE, "a header's value has at most 4000 characters of visible ASCII");
                }
                read.put(name, value);
            });
            if (read.size() > MOST_HEADERS) {
                throw in.fault(ProblemType.LIMIT_EXCEEDED, "more than " + MOST_HEADERS + " headers");
            }
            return read;
        }
    }
}
