package io.tributary.name;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The way to a field inside a document: {@code address.city}. A segment that is not {@code [A-Za-z_][A-Za-z0-9_]*} stands
 * in backticks, with {@code \`} and {@code \\} as escapes: {@code `my.field`.x}.
 *
 * @param segments at least one
 */
public record FieldPath(List<Segment> segments) {

    /** The default limit of a path's dotted form, in bytes of UTF-8. */
    public static final int MAX_BYTES = 1_500;

    /** One step of a path: a key today; an index or every element may follow. */
    public sealed interface Segment permits Key {}

    /**
     * A member of a map.
     *
     * @param name a field name, possibly empty
     */
    public record Key(String name) implements Segment {

        /** @throws IllegalArgumentException as {@link FieldName#check} */
        public Key {
            FieldName.check(name);
        }
    }

    /** @throws IllegalArgumentException when there is no segment */
    public FieldPath {
        segments = List.copyOf(segments);
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("a field path has at least one segment");
        }
    }

    /** The path of the given map keys, taken as they are. */
    public static FieldPath ofKeys(String... keys) {
        return new FieldPath(Arrays.stream(keys).<Segment>map(Key::new).toList());
    }

    /**
     * Reads the dotted form.
     *
     * @throws IllegalArgumentException with the position of the fault, or when the path is longer than {@link #MAX_BYTES}
     */
    public static FieldPath parse(String dotted) {
        return parse(dotted, MAX_BYTES);
    }

    /**
     * Reads the dotted form under a limit of one's own.
     *
     * @param maxBytes the largest length of {@code dotted} in bytes of UTF-8
     * @throws IllegalArgumentException with the position of the fault, or when the path is longer than {@code maxBytes}
     */
    public static FieldPath parse(String dotted, int maxBytes) {
        return new FieldPathReader(dotted).read(maxBytes);
    }

    /** This path, one key deeper. */
    public FieldPath child(String key) {
        var longer = new ArrayList<Segment>(segments);
        longer.add(new Key(key));
        return new FieldPath(longer);
    }

    /** Whether {@code other} is this path or lies below it. */
    public boolean contains(FieldPath other) {
        return other.segments.size() >= segments.size()
                && other.segments.subList(0, segments.size()).equals(segments);
    }

    /** The dotted form that {@link #parse} reads back. */
    @Override
    public String toString() {
        return segments.size() == 1
                ? quoted(segments.get(0))
                : segments.stream().map(FieldPath::quoted).collect(Collectors.joining("."));
    }

    private static String quoted(Segment segment) {
        String name = ((Key) segment).name();
        return FieldPathReader.isPlain(name)
                ? name
                : "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`";
    }
}
