package io.tributary.json;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.name.FieldPath;
import io.tributary.write.SortKey;
import io.tributary.write.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JsonToken;

/** Orders as text. */
public final class SortKeys {

    private SortKeys() {}

    /**
     * Reads {@code -price,name,@version}: a minus is for descending; a comma in backticks belongs to a name.
     *
     * @throws ProblemException {@code bad-path} when one of them is neither a field path nor a system field, or there is
     *     none
     */
    public static List<SortKey> read(String list) {
        try {
            return PathList.split(list).stream()
                    .map(key -> key(key, FieldPath.MAX_BYTES))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.of(ProblemType.BAD_PATH, String.valueOf(e.getMessage())));
        }
    }

    /** Reads an array of keys, or what {@link #read(String)} takes. */
    static List<SortKey> read(JsonInput in, String what) {
        List<SortKey> keys = new ArrayList<>();
        if (in.is(JsonToken.START_ARRAY)) {
            in.eachElement(what, () -> keys.add(key(in, in.text("a key like \"-price\""))));
        } else {
            PathList.split(in.text(what)).forEach(key -> keys.add(key(in, key)));
        }
        if (keys.size() > in.limits().listElements()) {
            throw in.fault(
                    ProblemType.LIMIT_EXCEEDED,
                    "an order has more than " + in.limits().listElements() + " keys");
        }
        return keys;
    }

    /** The system field called {@code name}, which starts with {@code @}. */
    static Subject.SystemField systemField(String name) {
        return Subject.SystemField.named(name)
                .orElseThrow(() -> new IllegalArgumentException(Text.quoted(name) + " is no system field; known are "
                        + Arrays.stream(Subject.SystemField.values())
                                .map(Subject.SystemField::toString)
                                .collect(Collectors.joining(" "))
                        + ", and a field of that name stands in backticks"));
    }

    private static SortKey key(JsonInput in, String key) {
        return in.checking(ProblemType.BAD_PATH, () -> key(key, in.limits().pathBytes()));
    }

    private static SortKey key(String key, int maxBytes) {
        boolean descending = key.startsWith("-");
        String name = descending ? key.substring(1) : key;
        Subject subject = name.startsWith("@") ? systemField(name) : new Subject.Field(FieldPath.parse(name, maxBytes));
        return new SortKey(subject, descending);
    }
}
