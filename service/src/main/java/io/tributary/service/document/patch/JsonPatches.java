package io.tributary.service.document.patch;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.value.MapValue;
import io.tributary.value.Value;
import io.tributary.value.ValueOrder;
import io.tributary.write.JsonPatchOperation;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Applies JSON Patches (RFC 6902). */
public final class JsonPatches {

    private JsonPatches() {}

    /**
     * Applies all operations in their order, or none. Refused when one does not apply, or when the whole is no map in the
     * end.
     *
     * @param fits whether a result may grow to this; asked after each copy and move, because few of them can make a
     *     value that is too large to be looked at
     */
    public static Patched apply(List<JsonPatchOperation> operations, MapValue data, Predicate<Value> fits) {
        Value whole = data;
        for (int i = 0; i < operations.size(); i++) {
            JsonPatchOperation operation = operations.get(i);
            try {
                whole = apply(operation, whole);
            } catch (PatchFailure failure) {
                return failed(i, operation, failure.reason());
            }
            boolean multiplies =
                    operation instanceof JsonPatchOperation.Copy || operation instanceof JsonPatchOperation.Move;
            if (multiplies && !fits.test(whole)) {
                return new Patched.Refused(List.of(Problem.of(
                        ProblemType.DOCUMENT_TOO_LARGE,
                        "operation " + i + " would make the document too large or too deep")));
            }
        }
        return whole instanceof MapValue map ? new Patched.Data(map) : noMap();
    }

    private static Value apply(JsonPatchOperation operation, Value whole) {
        return switch (operation) {
            case JsonPatchOperation.Add(var path, var value) -> JsonPlace.add(whole, path, value);
            case JsonPatchOperation.Remove(var path) -> JsonPlace.remove(whole, path);
            case JsonPatchOperation.Replace(var path, var value) -> JsonPlace.replace(whole, path, value);
            case JsonPatchOperation.Copy(var from, var path) -> JsonPlace.add(whole, path, JsonPlace.get(whole, from));
            case JsonPatchOperation.Move(var from, var path) -> move(whole, from, path);
            case JsonPatchOperation.Test(var path, var value) -> test(whole, path, value);
        };
    }

    private static Value move(Value whole, List<String> from, List<String> path) {
        Value moved = JsonPlace.get(whole, from);
        if (from.equals(path)) {
            return whole;
        }
        if (path.size() > from.size() && path.subList(0, from.size()).equals(from)) {
            throw new PatchFailure("a value cannot be moved into itself");
        }
        return JsonPlace.add(JsonPlace.remove(whole, from), path, moved);
    }

    /** Numbers are equal by value (RFC 6902, section 4.6). */
    private static Value test(Value whole, List<String> path, Value expected) {
        if (!ValueOrder.equal(JsonPlace.get(whole, path), expected)) {
            throw new PatchFailure("another value is there");
        }
        return whole;
    }

    private static Patched failed(int index, JsonPatchOperation operation, String reason) {
        String detail =
                "operation %d (%s \"%s\"): %s".formatted(index, operation.name(), pointer(operation.path()), reason);
        return new Patched.Refused(List.of(Problem.of(ProblemType.PATCH_FAILED, detail)));
    }

    private static Patched noMap() {
        return new Patched.Refused(
                List.of(Problem.of(ProblemType.PATCH_FAILED, "the operations leave a document that is no map")));
    }

    private static String pointer(List<String> tokens) {
        return tokens.stream()
                .map(token -> "/" + token.replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
    }
}
