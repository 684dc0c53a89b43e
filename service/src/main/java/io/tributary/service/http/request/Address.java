package io.tributary.service.http.request;

import io.tributary.change.ProblemType;
import io.tributary.name.DatabaseName;
import java.util.ArrayList;
import java.util.List;

/**
 * A request's path, split before it is decoded, so that no encoded character can change what it names.
 *
 * @param database the database that {@code /v1/databases/{database}} names, else the default one
 * @param segments all segments, decoded, without those that name the database
 */
public record Address(String database, List<String> segments) {

    private static final String DATABASES = "databases";

    public Address {
        segments = List.copyOf(segments);
    }

    /**
     * @param rawPath as it came, beginning with a slash
     * @throws Refusal {@code bad-path} for an empty segment (a trailing slash too), a bare {@code ;}, an encoded slash, and
     *     what is no percent-encoded UTF-8
     */
    public static Address of(String rawPath) {
        List<String> segments = segments(rawPath);
        if (segments.size() < 4 || !segments.get(1).equals(DATABASES)) {
            return new Address(DatabaseName.DEFAULT, segments);
        }
        String database = named(() -> DatabaseName.check(segments.get(2)));
        List<String> rest = new ArrayList<>(segments.subList(3, segments.size()));
        rest.addFirst(segments.getFirst());
        return new Address(database, rest);
    }

    /** The segments from {@code index} on, joined by slashes; no segment holds one itself. */
    public String path(int index) {
        return String.join("/", segments.subList(index, segments.size()));
    }

    /** The name that {@code reading} makes of this address; a name that is not allowed is a {@code bad-path}. */
    public static <T> T named(Reading<T> reading) {
        try {
            return reading.read();
        } catch (IllegalArgumentException e) {
            throw badPath(String.valueOf(e.getMessage()));
        }
    }

    /** Makes a name of what was read, and throws {@link IllegalArgumentException} when it cannot. */
    public interface Reading<T> {
        T read();
    }

    private static List<String> segments(String rawPath) {
        List<String> segments = new ArrayList<>(8);
        for (int start = 1; start <= rawPath.length(); ) {
            int slash = rawPath.indexOf('/', start);
            int end = slash < 0 ? rawPath.length() : slash;
            segments.add(segment(rawPath.substring(start, end)));
            start = slash < 0 ? rawPath.length() + 1 : slash + 1;
        }
        return segments;
    }

    private static String segment(String raw) {
        if (raw.isEmpty()) {
            throw badPath("the path has an empty segment or ends with a slash");
        }
        if (raw.indexOf(';') >= 0) {
            throw badPath("the path holds a bare \";\"; write %3B for one that belongs to a name");
        }
        String decoded = named(() -> PercentEncoding.decode(raw));
        if (decoded.indexOf('/') >= 0) {
            throw badPath("the path holds an encoded slash, which no name has");
        }
        return decoded;
    }

    private static Refusal badPath(String detail) {
        return Refusal.of(ProblemType.BAD_PATH, detail);
    }
}
