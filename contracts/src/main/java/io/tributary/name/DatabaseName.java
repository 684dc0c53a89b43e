package io.tributary.name;

import java.util.regex.Pattern;

/** The rules for the name of a database, which is a namespace of documents. */
public final class DatabaseName {

    /** The database of every document whose database is not named. */
    public static final String DEFAULT = "default";

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private DatabaseName() {}

    /**
     * Returns {@code database} unchanged.
     *
     * @throws IllegalArgumentException when it does not match {@code [A-Za-z0-9][A-Za-z0-9._-]{0,62}}
     */
    public static String check(String database) {
        if (!database.equals(DEFAULT) && !VALID.matcher(database).matches()) {
            throw new IllegalArgumentException(
                    "a database is named by 1 to 63 letters, digits, dots, underscores and hyphens, the first a letter"
                            + " or digit");
        }
        return database;
    }
}
