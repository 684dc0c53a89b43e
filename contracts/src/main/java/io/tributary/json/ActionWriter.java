package io.tributary.json;

import io.tributary.value.Value;
import io.tributary.write.Action;
import io.tributary.write.JsonPatchOperation;
import io.tributary.write.Operator;
import io.tributary.write.Sort;
import io.tributary.write.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Writes what a write does, as members of an object that the caller has begun. */
final class ActionWriter {

    private final JsonGenerator out;
    private final Form form;
    private final ValueWriter values;

    ActionWriter(JsonGenerator out, Form form) {
        this.out = out;
        this.form = form;
        this.values = new ValueWriter(out, form);
    }

    void action(Action action) {
        if (action instanceof Action.Patch patch) {
            patch(patch);
        } else if (action instanceof Action.Create create) {
            out.writeName("create");
            values.map(create.data());
        } else if (action instanceof Action.Replace replace) {
            out.writeName("replace");
            values.map(replace.data());
        } else if (action instanceof Action.Delete) {
            out.writeBooleanProperty("delete", true);
        } else if (action instanceof Action.Verify) {
            out.writeBooleanProperty("verify", true);
        }
    }

    void patch(Action.Patch patch) {
        if (patch instanceof Action.Update update) {
            update(update.steps());
        } else if (patch instanceof Action.MergePatch merge) {
            out.writeName("mergePatch");
            values.map(merge.patch());
        } else if (patch instanceof Action.JsonPatch json) {
            out.writeArrayPropertyStart("jsonPatch");
            json.operations().forEach(this::operation);
            out.writeEndArray();
        }
        if (patch.upsert()) {
            out.writeBooleanProperty("upsert", true);
        }
    }

    private void update(List<Step> steps) {
        if (steps.size() == 1) {
            step(steps.get(0));
            return;
        }
        out.writeArrayPropertyStart("steps");
        for (Step step : steps) {
            out.writeStartObject();
            step(step);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void step(Step step) {
        if (step.operators().isEmpty()) {
            out.writeObjectPropertyStart("set");
            out.writeEndObject();
            return;
        }
        for (var group : grouped(step).entrySet()) {
            out.writeName(group.getKey());
            if (takesPathAlone(group.getValue().get(0))) {
                out.writeStartArray();
                group.getValue()
                        .forEach(operator -> out.writeString(operator.path().toString()));
                out.writeEndArray();
            } else {
                out.writeStartObject();
                for (Operator operator : group.getValue()) {
                    out.writeName(operator.path().toString());
                    operand(operator);
                }
                out.writeEndObject();
            }
        }
    }

    private static boolean takesPathAlone(Operator operator) {
        return operator instanceof Operator.Unset
                || operator instanceof Operator.ServerTimestamp
                || operator instanceof Operator.Pop
                || operator instanceof Operator.Shift;
    }

    private Map<String, List<Operator>> grouped(Step step) {
        List<Operator> operators = new ArrayList<>(step.operators());
        if (form == Form.CANONICAL) {
            operators.sort(Comparator.comparing(Operator::name)
                    .thenComparing(operator -> operator.path().toString()));
        }
        Map<String, List<Operator>> groups = new LinkedHashMap<>();
        for (Operator operator : operators) {
            groups.computeIfAbsent(operator.name(), name -> new ArrayList<>()).add(operator);
        }
        return groups;
    }

    private void operand(Operator operator) {
        if (operator instanceof Operator.Set set) {
            values.value(set.value());
        } else if (operator instanceof Operator.Increment increment) {
            values.value(increment.by());
        } else if (operator instanceof Operator.Append append) {
            append(append);
        } else if (operator instanceof Operator.Prepend prepend) {
            array(prepend.values());
        } else if (operator instanceof Operator.AppendUnique unique) {
            array(unique.values());
        } else if (operator instanceof Operator.Remove remove) {
            array(remove.values());
        } else if (operator instanceof Operator.RemoveWhere remove) {
            new FilterWriter(out, form).filter(remove.filter());
        } else if (operator instanceof Operator.Merge merge) {
            values.map(merge.members());
        } else if (operator instanceof Operator.MergeDeep merge) {
            values.map(merge.members());
        } else if (operator instanceof Operator.Rename rename) {
            out.writeString(rename.target().toString());
        } else if (operator instanceof Operator.Compute compute) {
            out.writeString(compute.expression());
        } else if (operator instanceof Operator.SetOnCreate set) {
            values.value(set.value());
        } else if (operator instanceof Operator.Multiply multiply) {
            values.value(multiply.by());
        } else if (operator instanceof Operator.Min min) {
            values.value(min.value());
        } else if (operator instanceof Operator.Max max) {
            values.value(max.value());
        }
    }

    private void append(Operator.Append append) {
        if (append.at() == null && append.sort() == null && append.keep() == null) {
            array(append.values());
            return;
        }
        out.writeStartObject();
        out.writeName("values");
        array(append.values());
        if (append.at() != null) {
            out.writeNumberProperty("at", append.at());
        }
        if (append.sort() instanceof Sort.ByElement sort) {
            out.writeNumberProperty("sort", sort.descending() ? -1 : 1);
        } else if (append.sort() instanceof Sort.ByFields sort) {
            out.writeArrayPropertyStart("sort");
            sort.keys().forEach(key -> out.writeString(key.toString()));
            out.writeEndArray();
        }
        if (append.keep() != null) {
            out.writeNumberProperty("keep", append.keep());
        }
        out.writeEndObject();
    }

    private void array(List<Value> elements) {
        out.writeStartArray();
        elements.forEach(values::value);
        out.writeEndArray();
    }

    private void operation(JsonPatchOperation operation) {
        out.writeStartObject();
        out.writeStringProperty("op", operation.name());
        if (operation instanceof JsonPatchOperation.Move move) {
            out.writeStringProperty("from", pointer(move.from()));
        } else if (operation instanceof JsonPatchOperation.Copy copy) {
            out.writeStringProperty("from", pointer(copy.from()));
        }
        out.writeStringProperty("path", pointer(operation.path()));
        if (operation instanceof JsonPatchOperation.Add add) {
            member("value", add.value());
        } else if (operation instanceof JsonPatchOperation.Replace replace) {
            member("value", replace.value());
        } else if (operation instanceof JsonPatchOperation.Test test) {
            member("value", test.value());
        }
        out.writeEndObject();
    }

    private void member(String name, Value value) {
        out.writeName(name);
        values.value(value);
    }

    /** The JSON Pointer (RFC 6901) of unescaped tokens. */
    private static String pointer(List<String> tokens) {
        StringBuilder pointer = new StringBuilder();
        for (String token : tokens) {
            pointer.append('/').append(token.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }
}
