package io.tributary.service.document.patch;

import io.tributary.value.ArrayValue;
import io.tributary.value.MapValue;
import io.tributary.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The places that JSON Pointers (RFC 6901) lead to: the whole, members of maps, elements of arrays. Every other value,
 * typed ones included, has nothing inside. What changes a place makes a new whole; all throw {@link PatchFailure} where
 * the place is not there.
 */
final class JsonPlace {

    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

    private JsonPlace() {}

    static Value get(Value whole, List<String> pointer) {
        Value value = whole;
        for (String token : pointer) {
            value = child(value, token);
        }
        return value;
    }

    /** Sets a member, inserts an element, or takes the place of the whole. */
    static Value add(Value whole, List<String> pointer, Value value) {
        if (pointer.isEmpty()) {
            return value;
        }
        return change(whole, pointer, (parent, token) -> switch (parent) {
            case MapValue map -> map.with(token, value);
            case ArrayValue(var elements) -> {
                int at = token.equals("-") ? elements.size() : index(token, elements.size() + 1);
                yield new ArrayValue(Elements.insert(elements, at, List.of(value)));
            }
            default -> throw nothingInside();
        });
    }

    static Value replace(Value whole, List<String> pointer, Value value) {
        return pointer.isEmpty() ? value : change(whole, pointer, (parent, token) -> withChild(parent, token, value));
    }

    static Value remove(Value whole, List<String> pointer) {
        if (pointer.isEmpty()) {
            throw new PatchFailure("the whole document cannot be removed");
        }
        return change(whole, pointer, (parent, token) -> switch (parent) {
            case MapValue map when map.get(token) != null -> map.without(token);
            case MapValue _ -> throw notThere(token);
            case ArrayValue(var elements) -> {
                var fewer = new ArrayList<>(elements);
                fewer.remove(index(token, elements.size()));
                yield new ArrayValue(fewer);
            }
            default -> throw nothingInside();
        });
    }

    private interface ChildChange {
        Value in(Value parent, String token);
    }

    private static Value change(Value whole, List<String> pointer, ChildChange change) {
        String token = pointer.getFirst();
        if (pointer.size() == 1) {
            return change.in(whole, token);
        }
        Value child = change(child(whole, token), pointer.subList(1, pointer.size()), change);
        return withChild(whole, token, child);
    }

    private static Value child(Value parent, String token) {
        return switch (parent) {
            case MapValue map -> {
                Value child = map.get(token);
                if (child == null) {
                    throw notThere(token);
                }
                yield child;
            }
            case ArrayValue(var elements) -> elements.get(index(token, elements.size()));
            default -> throw nothingInside();
        };
    }

    /** Replaces a child that is there. */
    private static Value withChild(Value parent, String token, Value child) {
        return switch (parent) {
            case MapValue map when map.get(token) != null -> map.with(token, child);
            case MapValue _ -> throw notThere(token);
            case ArrayValue(var elements) -> {
                var changed = new ArrayList<>(elements);
                changed.set(index(token, elements.size()), child);
                yield new ArrayValue(changed);
            }
            default -> throw nothingInside();
        };
    }

    private static int index(String token, int bound) {
        if (!INDEX.matcher(token).matches()) {
            throw new PatchFailure("\"" + token + "\" is no index of an element");
        }
        int index = Integer.parseInt(token);
        if (index >= bound) {
            throw new PatchFailure("the array has no element " + token);
        }
        return index;
    }

    private static PatchFailure notThere(String token) {
        return new PatchFailure("there is no member \"" + token + "\"");
    }

    private static PatchFailure nothingInside() {
        return new PatchFailure("the path leads into a value that is neither map nor array");
    }
}
