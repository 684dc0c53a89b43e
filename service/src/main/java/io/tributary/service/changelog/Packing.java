package io.tributary.service.changelog;

import java.util.Arrays;
import net.jpountz.lz4.LZ4CompressorWithLength;
import net.jpountz.lz4.LZ4DecompressorWithLength;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;

/**
 * Makes large payloads smaller before the store writes them, into its log and into a table. Changes of one batch have the
 * names of their fields in common; LZ4 finds that at the price of a copy. Thread-safe.
 */
final class Packing {

    private static final byte PACKED = 2;

    /** Less fits into a row of the store as it is. */
    private static final int WORTH_WHILE = 1_024;

    private static final LZ4CompressorWithLength COMPRESSOR =
            new LZ4CompressorWithLength(LZ4Factory.fastestInstance().fastCompressor());
    private static final LZ4DecompressorWithLength DECOMPRESSOR =
            new LZ4DecompressorWithLength(LZ4Factory.fastestInstance().safeDecompressor());

    private Packing() {}

    /** @param plain does not begin with the mark of what is packed */
    static byte[] pack(byte[] plain) {
        if (plain.length < WORTH_WHILE) {
            return plain;
        }
        byte[] packed = new byte[1 + COMPRESSOR.maxCompressedLength(plain.length)];
        packed[0] = PACKED;
        int length = 1 + COMPRESSOR.compress(plain, 0, plain.length, packed, 1);
        return Arrays.copyOf(packed, length);
    }

    /**
     * What was packed, or else the same.
     *
     * @throws IllegalArgumentException when it is damaged
     */
    static byte[] unpack(byte[] stored) {
        if (stored.length == 0 || stored[0] != PACKED) {
            return stored;
        }
        try {
            return DECOMPRESSOR.decompress(stored, 1);
        } catch (LZ4Exception | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new IllegalArgumentException("a turn's payload is damaged", e);
        }
    }
}
