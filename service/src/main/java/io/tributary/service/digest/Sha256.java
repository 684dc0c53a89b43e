package io.tributary.service.digest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash SHA-256. */
public final class Sha256 {

    private Sha256() {}

    /** The 32 bytes of the hash of {@code parts}, one behind the other. */
    public static byte[] of(byte[]... parts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                sha.update(part);
            }
            return sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
