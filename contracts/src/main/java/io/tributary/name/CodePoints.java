package io.tributary.name;

/** Orders text by Unicode code point, which is also the order of its UTF-8 bytes. */
public final class CodePoints {

    private CodePoints() {}

    /** Compares by code point; {@link String#compareTo} would put U+FFFF after the supplementary planes. */
    public static int compare(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean surrogates = Character.isSurrogate(x) != Character.isSurrogate(y);
                return surrogates ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
