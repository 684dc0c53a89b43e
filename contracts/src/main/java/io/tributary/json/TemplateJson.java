package io.tributary.json;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.trigger.Placeholder;
import io.tributary.trigger.WriteTemplate;
import io.tributary.value.BooleanValue;
import io.tributary.value.DoubleValue;
import io.tributary.value.IntegerValue;
import io.tributary.value.ReferenceValue;
import io.tributary.value.StringValue;
import io.tributary.value.TimestampValue;
import io.tributary.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Fills templates in. Placeholders stand in strings that are values; names of members stay as they are. */
public final class TemplateJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private TemplateJson() {}

    /**
     * The write that a template becomes, as JSON. A string that is one placeholder and nothing else becomes the value, with
     * its type; in any other the placeholder becomes text.
     *
     * @param values the value of each placeholder, null where it leads nowhere
     * @throws ProblemException {@code bad-value} when a placeholder leads nowhere, or to a value that has no text
     */
    public static byte[] fill(WriteTemplate template, Function<Placeholder, @Nullable Value> values) {
        return JsonOutput.bytes(out -> {
            try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), template.json())) {
                while (in.nextToken() != null) {
                    if (in.currentToken() == JsonToken.VALUE_STRING) {
                        fill(TemplateText.parse(in.getString()), values, out);
                    } else {
                        out.copyCurrentEvent(in);
                    }
                }
            }
        });
    }

    private static void fill(TemplateText text, Function<Placeholder, @Nullable Value> values, JsonGenerator out) {
        if (text.isOneHole()) {
            Placeholder only = text.placeholders().get(0);
            new ValueWriter(out, Form.WIRE).value(value(only, values));
            return;
        }
        StringBuilder filled = new StringBuilder();
        for (TemplateText.Part part : text.parts()) {
            if (part instanceof TemplateText.Plain plain) {
                filled.append(plain.text());
            } else if (part instanceof TemplateText.Hole hole) {
                filled.append(text(hole.placeholder(), value(hole.placeholder(), values)));
            }
        }
        out.writeString(filled.toString());
    }

    private static Value value(Placeholder placeholder, Function<Placeholder, @Nullable Value> values) {
        Value value = values.apply(placeholder);
        if (value == null) {
            throw bad(placeholder + " leads nowhere");
        }
        return value;
    }

    private static String text(Placeholder placeholder, Value value) {
        if (value instanceof StringValue string) {
            return string.value();
        } else if (value instanceof TimestampValue timestamp) {
            return Timestamps.format(timestamp.value());
        } else if (value instanceof ReferenceValue reference) {
            return reference.document().key();
        } else if (value instanceof IntegerValue || value instanceof DoubleValue || value instanceof BooleanValue) {
            return new String(ValueJson.write(value), StandardCharsets.UTF_8);
        }
        throw bad(placeholder + " is of type " + value.type().wireName() + ", which is no text");
    }

    private static ProblemException bad(String detail) {
        return new ProblemException(Problem.of(ProblemType.BAD_VALUE, detail));
    }

    /**
     * Checks that a template can become a write in a database.
     *
     * @throws ProblemException with a JSON Pointer into the template
     */
    static void check(WriteTemplate template, String database, Limits limits) {
        List<String> open = new ArrayList<>();
        eachText(template, limits, (text, pointer) -> {
            if (!text.placeholders().isEmpty()) {
                open.add(pointer);
            }
        });
        try {
            var unused = JsonText.read(template.json(), limits, in -> WriteReader.ofBatch(in, database));
        } catch (ProblemException fault) {
            if (!isLeftOpen(fault.problem(), open)) {
                throw fault;
            }
        }
    }

    /** The placeholders of a template, in order. */
    static List<Placeholder> placeholders(WriteTemplate template) {
        List<Placeholder> placeholders = new ArrayList<>();
        eachText(template, Limits.TRUSTED, (text, pointer) -> placeholders.addAll(text.placeholders()));
        return placeholders;
    }

    private static void eachText(WriteTemplate template, Limits limits, BiConsumer<TemplateText, String> each) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), template.json())) {
            JsonInput in = new JsonInput(parser, limits);
            while (parser.nextToken() != null) {
                if (in.is(JsonToken.VALUE_STRING)) {
                    String string = parser.getString();
                    each.accept(in.checking(ProblemType.BAD_VALUE, () -> TemplateText.parse(string)), in.pointer());
                }
            }
        }
    }

    /** What a placeholder becomes is not known yet: a fault in its place, or in what it is a part of, may be none. */
    private static boolean isLeftOpen(Problem problem, List<String> open) {
        String pointer = problem.pointer();
        return pointer != null
                && problem.type() == ProblemType.BAD_VALUE
                && open.stream().anyMatch(place -> place.equals(pointer) || place.startsWith(pointer + "/"));
    }
}
