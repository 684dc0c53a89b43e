package io.tributary.service.http.request;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding (RFC 3986, section 2.1), decoded strictly: what is not valid is refused, never guessed. */
final class PercentEncoding {

    private PercentEncoding() {}

    /**
     * Decodes one component of a URL.
     *
     * @throws IllegalArgumentException when a {@code %} is not followed by two hexadecimal digits, when the octets are not
     *     UTF-8, or when a character should have been encoded
     */
    static String decode(String raw) {
        byte[] octets = new byte[raw.length()];
        int length = 0;
        boolean encoded = false;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                octets[length++] = octet(raw, i + 1);
                i += 2;
                encoded = true;
            } else if (c > ' ' && c < 0x7F) {
                octets[length++] = (byte) c;
            } else {
                throw new IllegalArgumentException("a character outside of ASCII is not percent-encoded");
            }
        }
        return encoded ? utf8(ByteBuffer.wrap(octets, 0, length)) : raw;
    }

    /** Decodes a name or value of a query string, where {@code +} is a blank. */
    static String decodeForm(String raw) {
        return decode(raw.replace("+", "%20"));
    }

    private static byte octet(String raw, int at) {
        int high = at + 1 < raw.length() ? Character.digit(raw.charAt(at), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(raw.charAt(at + 1), 16);
        if (low < 0) {
            throw new IllegalArgumentException("a % is not followed by two hexadecimal digits");
        }
        return (byte) (high << 4 | low);
    }

    private static String utf8(ByteBuffer octets) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("what is percent-encoded is not UTF-8", e);
        }
    }
}
