package io.tributary.json;

import io.tributary.change.ProblemType;
import io.tributary.name.FieldName;
import io.tributary.value.Value;
import io.tributary.write.JsonPatchOperation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a JSON Patch (RFC 6902). Members that an operation does not define are ignored, as section 4 asks. */
final class JsonPatchReader {

    private final JsonInput in;
    private final ValueReader values;

    private @Nullable String op;
    private @Nullable List<String> path;
    private @Nullable List<String> from;
    private @Nullable Value value;

    private JsonPatchReader(JsonInput in) {
        this.in = in;
        this.values = new ValueReader(in);
    }

    static List<JsonPatchOperation> read(JsonInput in) {
        List<JsonPatchOperation> operations = new ArrayList<>();
        in.eachElement("a JSON Patch, an array of operations", () -> {
            if (operations.size() == in.limits().listElements()) {
                throw in.fault(
                        ProblemType.LIMIT_EXCEEDED,
                        "a JSON Patch has more than " + in.limits().listElements() + " operations");
            }
            operations.add(new JsonPatchReader(in).operation());
        });
        return operations;
    }

    private JsonPatchOperation operation() {
        in.eachMember("an operation, an object", this::member);
        String name = given(op, "op");
        List<String> target = given(path, "path");
        return switch (name) {
            case "add" -> new JsonPatchOperation.Add(target, given(value, "value"));
            case "remove" -> new JsonPatchOperation.Remove(target);
            case "replace" -> new JsonPatchOperation.Replace(target, given(value, "value"));
            case "move" -> new JsonPatchOperation.Move(given(from, "from"), target);
            case "copy" -> new JsonPatchOperation.Copy(given(from, "from"), target);
            case "test" -> new JsonPatchOperation.Test(target, given(value, "value"));
            default ->
                throw in.fault(
                        ProblemType.BAD_VALUE,
                        Text.quoted(name) + " is no operation; known are add, remove, replace, move, copy, test");
        };
    }

    private void member(String name) {
        switch (name) {
            case "op" -> op = in.text("the operation's name");
            case "path" -> path = pointer();
            case "from" -> from = pointer();
            case "value" -> value = values.value(1);
            default -> in.skip();
        }
    }

    private <T> T given(@Nullable T member, String name) {
        if (member == null) {
            throw in.fault(ProblemType.BAD_VALUE, "the operation has no \"" + name + "\"");
        }
        return member;
    }

    /** Reads a JSON Pointer (RFC 6901): nothing for the whole document, else tokens behind slashes. */
    private List<String> pointer() {
        String text = in.text("a JSON Pointer");
        if (text.getBytes(StandardCharsets.UTF_8).length > in.limits().pathBytes()) {
            throw in.fault(
                    ProblemType.LIMIT_EXCEEDED,
                    "a JSON Pointer is longer than " + in.limits().pathBytes() + " bytes");
        }
        if (text.isEmpty()) {
            return List.of();
        }
        if (text.charAt(0) != '/') {
            throw in.fault(ProblemType.BAD_PATH, "a JSON Pointer is empty or starts with a slash");
        }
        List<String> tokens = new ArrayList<>();
        for (String token : text.substring(1).split("/", -1)) {
            String name = unescaped(token);
            tokens.add(in.checking(ProblemType.BAD_PATH, () -> FieldName.check(name)));
        }
        return tokens;
    }

    private String unescaped(String token) {
        if (token.replace("~0", "").replace("~1", "").indexOf('~') >= 0) {
            throw in.fault(ProblemType.BAD_PATH, "in a JSON Pointer ~ is written ~0, and / in a name ~1");
        }
        return token.replace("~1", "/").replace("~0", "~");
    }
}
