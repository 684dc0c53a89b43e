package io.tributary.json;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Tells a request from another by few bytes. */
final class Fingerprint {

    private static final int BYTES = 16;

    private Fingerprint() {}

    /** The first bytes of a SHA-256 over what {@code canonical} writes. */
    static byte[] of(Consumer<JsonGenerator> canonical) {
        return Arrays.copyOf(sha256().digest(JsonOutput.bytes(canonical)), BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
