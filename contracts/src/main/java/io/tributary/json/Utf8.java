package io.tributary.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Well-formed UTF-8 (RFC 3629), which a JSON parser alone does not insist on. */
final class Utf8 {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;

    private Utf8() {}

    /**
     * The index of the first byte that is NUL or begins no well-formed character, −1 when there is none. Overlong forms
     * and encoded surrogates are faults. NUL is one because no JSON holds it, but UTF-16 does.
     */
    static int firstFault(byte[] text) {
        int at = 0;
        while (at < text.length) {
            if (at + 8 <= text.length && isPlain((long) LONGS.get(text, at))) {
                at += 8;
                continue;
            }
            int length = characterAt(text, at);
            if (length == 0) {
                return at;
            }
            at += length;
        }
        return -1;
    }

    /** Whether none of eight bytes is NUL or above 0x7F. A byte of 1 above a NUL may be taken for one: that only costs time. */
    private static boolean isPlain(long eight) {
        return ((eight | (eight - LOW_BITS)) & HIGH_BITS) == 0;
    }

    /** The length of the character that begins at {@code at}, 0 when it is a fault. */
    private static int characterAt(byte[] text, int at) {
        int first = text[at] & 0xFF;
        if (first < 0x80) {
            return first == 0 ? 0 : 1;
        } else if (first >= 0xC2 && first <= 0xDF) {
            return tail(text, at + 1, 0x80, 0xBF) ? 2 : 0;
        } else if (first >= 0xE0 && first <= 0xEF) {
            int low = first == 0xE0 ? 0xA0 : 0x80;
            int high = first == 0xED ? 0x9F : 0xBF;
            return tail(text, at + 1, low, high) && tail(text, at + 2, 0x80, 0xBF) ? 3 : 0;
        } else if (first >= 0xF0 && first <= 0xF4) {
            int low = first == 0xF0 ? 0x90 : 0x80;
            int high = first == 0xF4 ? 0x8F : 0xBF;
            return tail(text, at + 1, low, high) && tail(text, at + 2, 0x80, 0xBF) && tail(text, at + 3, 0x80, 0xBF)
                    ? 4
                    : 0;
        }
        return 0;
    }

    private static boolean tail(byte[] text, int at, int low, int high) {
        return at < text.length && (text[at] & 0xFF) >= low && (text[at] & 0xFF) <= high;
    }
}
