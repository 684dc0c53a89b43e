package io.tributary.name;

/** The rules for the name of a field. */
public final class FieldName {

    private FieldName() {}

    /**
     * Returns {@code name} unchanged.
     *
     * @throws IllegalArgumentException when it has the reserved form {@code __…__} or holds U+0000 or a lone surrogate
     */
    public static String check(String name) {
        if (name.length() > 4 && name.startsWith("__") && name.endsWith("__")) {
            throw new IllegalArgumentException("field names of the form __…__ are reserved: \"" + name + "\"");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '\0') {
                throw new IllegalArgumentException("a field name holds U+0000");
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == name.length()
                        || !Character.isLowSurrogate(name.charAt(i + 1))) {
                    throw new IllegalArgumentException("a field name holds a lone surrogate");
                }
                i++;
            }
        }
        return name;
    }
}
