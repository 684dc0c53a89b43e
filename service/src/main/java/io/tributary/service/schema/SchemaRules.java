package io.tributary.service.schema;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.json.Regex;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * What the service asks of a schema beyond the meta-schema: that it can be judged by in bounded time, from itself alone, and
 * that no keyword is in it that would do nothing. Not thread-safe.
 */
final class SchemaRules {

    /** The only dialect, and what {@code $schema} names. */
    static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    /** Objects and arrays inside one another in the text of a schema. */
    static final int DEEPEST = 100;

    private static final int MOST_REGEXES = 200;

    private static final Set<String> SCHEMAS = Set.of(
            "additionalProperties",
            "items",
            "contains",
            "propertyNames",
            "not",
            "if",
            "then",
            "else",
            "unevaluatedItems",
            "unevaluatedProperties");

    private static final Set<String> LISTS_OF_SCHEMAS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");

    private static final Set<String> MAPS_OF_SCHEMAS =
            Set.of("properties", "patternProperties", "dependentSchemas", "$defs", "definitions");

    private static final Set<String> OTHERS = Set.of(
            "$schema",
            "$id",
            "$ref",
            "$anchor",
            "$dynamicRef",
            "$dynamicAnchor",
            "$comment",
            "type",
            "enum",
            "const",
            "multipleOf",
            "maximum",
            "exclusiveMaximum",
            "minimum",
            "exclusiveMinimum",
            "maxLength",
            "minLength",
            "pattern",
            "maxItems",
            "minItems",
            "uniqueItems",
            "maxContains",
            "minContains",
            "maxProperties",
            "minProperties",
            "required",
            "dependentRequired",
            "format",
            "title",
            "description",
            "default",
            "deprecated",
            "readOnly",
            "writeOnly",
            "examples",
            "contentEncoding",
            "contentMediaType",
            "contentSchema");

    private int regexes;

    private SchemaRules() {}

    /**
     * Checks a schema that the meta-schema allows.
     *
     * @throws ProblemException {@code bad-value} or {@code limit-exceeded} with a pointer to the fault
     */
    static void check(JsonNode schema) {
        new SchemaRules().schema(schema, JsonPointer.empty());
    }

    private void schema(JsonNode schema, JsonPointer place) {
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            keyword(member.getKey(), member.getValue(), place.appendProperty(member.getKey()));
        }
    }

    private void keyword(String keyword, JsonNode value, JsonPointer place) {
        if (SCHEMAS.contains(keyword)) {
            schema(value, place);
        } else if (LISTS_OF_SCHEMAS.contains(keyword)) {
            for (int i = 0; i < value.size(); i++) {
                schema(value.get(i), place.appendIndex(i));
            }
        } else if (MAPS_OF_SCHEMAS.contains(keyword)) {
            value.properties().forEach(member -> {
                JsonPointer inner = place.appendProperty(member.getKey());
                if (keyword.equals("patternProperties")) {
                    regex(member.getKey(), inner);
                }
                schema(member.getValue(), inner);
            });
        } else {
            other(keyword, value, place);
        }
    }

    private void other(String keyword, JsonNode value, JsonPointer place) {
        switch (keyword) {
            case "pattern" -> regex(value.asString(), place);
            case "format" ->
                require(
                        TextFormat.NAMES.contains(value.asString()),
                        place,
                        "format is asserted here, and one of " + String.join(", ", TextFormat.NAMES));
            case "$schema" ->
                require(
                        value.asString().equals(DIALECT) || value.asString().equals(DIALECT + "#"),
                        place,
                        "the one dialect is " + DIALECT);
            case "$ref", "$dynamicRef" ->
                require(
                        value.asString().startsWith("#"),
                        place,
                        "a reference leads to a part of the same schema, as #/$defs/name does: nothing is fetched");
            case "$id" -> require(place.toString().equals("/$id"), place, "$id stands in the outermost schema only");
            case "dependencies" ->
                require(
                        false,
                        place,
                        "dependencies is no keyword of 2020-12; take dependentRequired or dependentSchemas");
            default ->
                require(
                        OTHERS.contains(keyword) || keyword.startsWith("x-"),
                        place,
                        "unknown keyword \"" + keyword + "\", which would do nothing; one's own begin with x-");
        }
    }

    private void regex(String regex, JsonPointer place) {
        if (++regexes > MOST_REGEXES) {
            throw refusal(
                    ProblemType.LIMIT_EXCEEDED, place, "a schema has at most " + MOST_REGEXES + " regular expressions");
        }
        try {
            Regex.compile(regex);
        } catch (IllegalArgumentException e) {
            throw refusal(ProblemType.BAD_VALUE, place, String.valueOf(e.getMessage()));
        }
    }

    private static void require(boolean holds, JsonPointer place, String detail) {
        if (!holds) {
            throw refusal(ProblemType.BAD_VALUE, place, detail);
        }
    }

    private static ProblemException refusal(ProblemType type, JsonPointer place, String detail) {
        return new ProblemException(Problem.of(type, detail).withPointer(place.toString()));
    }
}
