package io.tributary.service.schema;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.ValidationLimitExceededException;
import io.tributary.change.Problem.Violation;
import io.tributary.json.ValueJson;
import io.tributary.service.document.DocumentSchema;
import io.tributary.value.MapValue;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * A JSON Schema, ready to judge. Documents are judged in the JSON form that callers get them in: a timestamp is an object
 * with the one key {@code @timestamp}.
 */
final class CompiledSchema implements DocumentSchema {

    /** Of schemas and keywords applied to values; a document of a megabyte of small numbers takes half of them. */
    static final int MOST_STEPS = 1_000_000;

    /** Of schemas inside one another: a document's twenty levels, each with a few references and alternatives. */
    static final int DEEPEST = 200;

    static final Violation TOO_LONG = new Violation("", "takes too long to be judged by the schema of its collection");

    private static final int LONGEST_DETAIL = 300;

    private static final JsonMapper TREES = JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(new Documents()))
            .build();

    private final Schema schema;

    CompiledSchema(Schema schema) {
        this.schema = schema;
    }

    @Override
    public List<Violation> violations(MapValue data) {
        Found found = new Found();
        try {
            judge(TREES.valueToTree(data), found);
        } catch (TooManyException enough) {
            // What was found until then is more than anybody reads.
        } catch (ValidationLimitExceededException exceeded) {
            return List.of(TOO_LONG);
        }
        return found.stream().map(CompiledSchema::violation).distinct().toList();
    }

    private void judge(JsonNode data, Found found) {
        schema.validate(data, context -> {
            context.setErrors(found);
            context.executionConfig(
                    limits -> limits.maxEvaluationSteps(MOST_STEPS).maxEvaluationDepth(DEEPEST));
        });
    }

    /** A missing or superfluous member is reported of its map, which names it. */
    static Violation violation(Error error) {
        String property = error.getProperty();
        var place = error.getInstanceLocation();
        return new Violation((property == null ? place : place.append(property)).toString(), detail(error));
    }

    private static String detail(Error error) {
        String message = error.getMessage();
        return message.length() <= LONGEST_DETAIL ? message : message.substring(0, LONGEST_DETAIL) + "…";
    }

    /** The errors of one judgement, of which there could be one for each element of an array. */
    private static final class Found extends ArrayList<Error> {

        private static final long serialVersionUID = 1L;

        @Override
        public boolean add(Error error) {
            if (size() == MOST_VIOLATIONS) {
                throw new TooManyException();
            }
            return super.add(error);
        }
    }

    private static final class TooManyException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private TooManyException() {
            super("too many violations", null, false, false);
        }
    }

    private static final class Documents extends StdSerializer<MapValue> {

        Documents() {
            super(MapValue.class);
        }

        @Override
        public void serialize(MapValue data, JsonGenerator out, SerializationContext context) {
            ValueJson.write(data, out);
        }
    }
}
