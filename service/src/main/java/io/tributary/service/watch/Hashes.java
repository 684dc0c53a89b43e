package io.tributary.service.watch;

import java.util.Arrays;

/**
 * A set of names by their hashes, 64 bits each: a tenth of what the names take. Two of a million names have the same hash
 * once in tens of millions of such sets. Not thread-safe.
 */
final class Hashes {

    private static final int FIRST = 16;
    private static final long NONE = 0;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private long[] slots = new long[FIRST];
    private int size;

    int size() {
        return size;
    }

    boolean contains(String name) {
        return slots[slot(hash(name))] != NONE;
    }

    /** @return whether it was not there */
    boolean add(String name) {
        long hash = hash(name);
        int slot = slot(hash);
        if (slots[slot] != NONE) {
            return false;
        }
        slots[slot] = hash;
        size++;
        if (2 * size > slots.length) {
            grow();
        }
        return true;
    }

    /** @return whether it was there */
    boolean remove(String name) {
        int slot = slot(hash(name));
        if (slots[slot] == NONE) {
            return false;
        }
        slots[slot] = NONE;
        size--;
        closeGap(slot);
        return true;
    }

    void clear() {
        slots = new long[FIRST];
        size = 0;
    }

    /** The slot of a hash, or the free one that it belongs into. */
    private int slot(long hash) {
        int slot = (int) hash & (slots.length - 1);
        while (slots[slot] != NONE && slots[slot] != hash) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    /** What stands behind a slot that is free now may have been kept out of it. */
    private void closeGap(int freed) {
        int slot = (freed + 1) & (slots.length - 1);
        while (slots[slot] != NONE) {
            long hash = slots[slot];
            slots[slot] = NONE;
            slots[slot(hash)] = hash;
            slot = (slot + 1) & (slots.length - 1);
        }
    }

    private void grow() {
        long[] old = slots;
        slots = new long[2 * old.length];
        Arrays.stream(old).filter(hash -> hash != NONE).forEach(hash -> slots[slot(hash)] = hash);
    }

    private static long hash(String name) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        hash ^= hash >>> 31;
        return hash == NONE ? 1 : hash;
    }
}
