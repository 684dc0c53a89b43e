package io.tributary.json;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.value.ValueType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The JSON form of one problem, inside whatever text. */
final class ProblemForm {

    private static final String URN = "urn:tributary:problem:";

    private final JsonInput in;
    private String urn = "";
    private int status;
    private @Nullable String detail;
    private @Nullable String document;
    private @Nullable String operator;
    private @Nullable String path;
    private @Nullable ValueType expected;
    private @Nullable ValueType actual;
    private Problem.@Nullable Current current;
    private @Nullable String pointer;
    private @Nullable Integer index;
    private final List<Problem.Stale> stale = new ArrayList<>();
    private final List<Problem.Violation> violations = new ArrayList<>();

    private ProblemForm(JsonInput in) {
        this.in = in;
    }

    static void write(JsonGenerator out, Problem problem) {
        out.writeStartObject();
        out.writeStringProperty("type", problem.type().urn());
        out.writeStringProperty("title", problem.type().title());
        out.writeNumberProperty("status", problem.type().status());
        string(out, "detail", problem.detail());
        string(out, "document", problem.document());
        string(out, "operator", problem.operator());
        string(out, "path", problem.path());
        type(out, "expected", problem.expected());
        type(out, "actual", problem.actual());
        if (problem.current() != null) {
            out.writeObjectPropertyStart("current");
            out.writeNumberProperty("version", problem.current().version());
            Instant time = problem.current().time();
            string(out, "time", time == null ? null : Timestamps.format(time));
            out.writeEndObject();
        }
        string(out, "pointer", problem.pointer());
        if (problem.index() != null) {
            out.writeNumberProperty("index", problem.index());
        }
        if (!problem.stale().isEmpty()) {
            out.writeArrayPropertyStart("stale");
            problem.stale().forEach(document -> stale(out, document));
            out.writeEndArray();
        }
        if (!problem.violations().isEmpty()) {
            out.writeArrayPropertyStart("violations");
            problem.violations().forEach(violation -> violation(out, violation));
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    private static void stale(JsonGenerator out, Problem.Stale stale) {
        out.writeStartObject();
        string(out, "document", stale.document());
        out.writeNumberProperty("version", stale.version());
        out.writeEndObject();
    }

    private static void violation(JsonGenerator out, Problem.Violation violation) {
        out.writeStartObject();
        string(out, "pointer", violation.pointer());
        string(out, "detail", violation.detail());
        out.writeEndObject();
    }

    static Problem read(JsonInput in) {
        ProblemForm form = new ProblemForm(in);
        in.eachMember("a problem, an object", form::member);
        return new Problem(
                form.type(),
                form.detail == null ? form.type().title() : form.detail,
                form.document,
                form.operator,
                form.path,
                form.expected,
                form.actual,
                form.current,
                form.pointer,
                form.index,
                form.stale,
                form.violations);
    }

    private void member(String name) {
        switch (name) {
            case "type" -> urn = in.text("a problem's type");
            case "status" -> status = in.smallInteger("a status");
            case "detail" -> detail = in.text("a detail");
            case "document" -> document = in.text("a document");
            case "operator" -> operator = in.text("an operator");
            case "path" -> path = in.text("a path");
            case "expected" -> expected = valueType();
            case "actual" -> actual = valueType();
            case "current" -> current = new CurrentReader().read();
            case "pointer" -> pointer = in.text("a JSON Pointer");
            case "index" -> index = in.smallInteger("an index");
            case "stale" -> in.eachElement("an array of documents", () -> stale.add(new StaleReader().read()));
            case "violations" ->
                in.eachElement("an array of violations", () -> violations.add(new ViolationReader().read()));
            default -> in.skip();
        }
    }

    private ProblemType type() {
        String slug = urn.startsWith(URN) ? urn.substring(URN.length()) : "";
        return ProblemType.ofSlug(slug).orElseGet(() -> ProblemType.ofStatus(status));
    }

    private @Nullable ValueType valueType() {
        String name = in.text("a type's name");
        return Arrays.stream(ValueType.values())
                .filter(type -> type.wireName().equals(name))
                .findFirst()
                .orElse(null);
    }

    private final class CurrentReader {

        private long version;
        private @Nullable Instant time;

        private Problem.Current read() {
            in.eachMember("a version and time, an object", name -> {
                switch (name) {
                    case "version" -> version = in.integer("a version");
                    case "time" -> time = in.time("a time");
                    default -> in.skip();
                }
            });
            return new Problem.Current(version, time);
        }
    }

    private final class StaleReader {

        private String document = "";
        private long version;

        private Problem.Stale read() {
            in.eachMember("a document and its version, an object", name -> {
                switch (name) {
                    case "document" -> document = in.text("a document");
                    case "version" -> version = in.integer("a version");
                    default -> in.skip();
                }
            });
            return new Problem.Stale(document, version);
        }
    }

    private final class ViolationReader {

        private String pointer = "";
        private String detail = "";

        private Problem.Violation read() {
            in.eachMember("a violation, an object", name -> {
                switch (name) {
                    case "pointer" -> pointer = in.text("a JSON Pointer");
                    case "detail" -> detail = in.text("a detail");
                    default -> in.skip();
                }
            });
            return new Problem.Violation(pointer, detail);
        }
    }

    private static void string(JsonGenerator out, String name, @Nullable String value) {
        if (value != null) {
            out.writeStringProperty(name, Text.writable(value));
        }
    }

    private static void type(JsonGenerator out, String name, @Nullable ValueType type) {
        string(out, name, type == null ? null : type.wireName());
    }
}
