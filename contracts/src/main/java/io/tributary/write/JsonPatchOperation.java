package io.tributary.write;

import io.tributary.value.Value;
import java.util.List;

/** An operation of a JSON Patch (RFC 6902, section 4); paths are JSON Pointers (RFC 6901). */
public sealed interface JsonPatchOperation {

    /** The target: the unescaped tokens of a JSON Pointer, none for the whole document; all allowed as field names. */
    List<String> path();

    /** The name of the operation on the wire, {@code add}. */
    String name();

    record Add(List<String> path, Value value) implements JsonPatchOperation {
        @Override
        public String name() {
            return "add";
        }
    }

    record Remove(List<String> path) implements JsonPatchOperation {
        @Override
        public String name() {
            return "remove";
        }
    }

    record Replace(List<String> path, Value value) implements JsonPatchOperation {
        @Override
        public String name() {
            return "replace";
        }
    }

    record Move(List<String> from, List<String> path) implements JsonPatchOperation {
        @Override
        public String name() {
            return "move";
        }
    }

    record Copy(List<String> from, List<String> path) implements JsonPatchOperation {
        @Override
        public String name() {
            return "copy";
        }
    }

    record Test(List<String> path, Value value) implements JsonPatchOperation {
        @Override
        public String name() {
            return "test";
        }
    }
}
