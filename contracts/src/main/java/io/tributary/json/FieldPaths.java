package io.tributary.json;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.name.FieldPath;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonToken;

/** Lists of field paths as text. */
public final class FieldPaths {

    private FieldPaths() {}

    /**
     * Reads {@code address.city,name}; a comma in backticks belongs to a name.
     *
     * @throws ProblemException {@code bad-path} when one of them is no field path, or there is none
     */
    public static List<FieldPath> readList(String list) {
        try {
            return PathList.split(list).stream().map(FieldPath::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.of(ProblemType.BAD_PATH, String.valueOf(e.getMessage())));
        }
    }

    /** Reads an array of paths, or what {@link #readList} takes. */
    static List<FieldPath> read(JsonInput in, String what) {
        if (!in.is(JsonToken.START_ARRAY)) {
            String list = in.text(what);
            return PathList.split(list).stream().map(in::parsePath).toList();
        }
        List<FieldPath> paths = new ArrayList<>();
        in.eachElement(what, () -> paths.add(in.path("a field path")));
        return paths;
    }
}
