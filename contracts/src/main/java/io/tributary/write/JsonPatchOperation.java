package io.tributary.write;

import io.tributary.value.Value;
import java.util.List;

/** An operation of a JSON Patch (RFC 6902, section 4); paths are JSON Pointers (RFC 6901). */
public sealed interface JsonPatchOperation {

    /** The target: the unescaped tokens of a JSON Pointer, none for the whole document. */
    List<String> path();

    record Add(List<String> path, Value value) implements JsonPatchOperation {}

    record Remove(List<String> path) implements JsonPatchOperation {}

    record Replace(List<String> path, Value value) implements JsonPatchOperation {}

    record Move(List<String> from, List<String> path) implements JsonPatchOperation {}

    record Copy(List<String> from, List<String> path) implements JsonPatchOperation {}

    record Test(List<String> path, Value value) implements JsonPatchOperation {}
}
