package io.tributary.service.watch;

import io.tributary.service.watch.feed.Match;
import org.jspecify.annotations.Nullable;

/**
 * Which documents a reader has, as far as it is known. It is known of all after a snapshot; after a resume, and once there
 * are too many to remember, only of those that were told since. Of a document of which it is not known, the reader is told
 * {@code enter} when it matches and {@code leave} when it does not: who puts and removes accordingly is always right. Not
 * thread-safe.
 */
final class Membership {

    private final int most;
    private final Hashes members = new Hashes();
    private final Hashes others = new Hashes();
    private boolean complete;

    /**
     * @param most how many documents are remembered
     * @param complete whether the reader has none at the beginning
     */
    Membership(int most, boolean complete) {
        this.most = most;
        this.complete = complete;
    }

    /** The reader was shown a document. */
    void shown(String key) {
        remember(members, key);
        others.remove(key);
    }

    /** What the reader is to be told of a change, null for nothing. */
    WatchEvent.@Nullable Type told(String key, Match match) {
        return switch (match) {
            case YES -> enters(key) ? WatchEvent.Type.ENTER : WatchEvent.Type.CHANGE;
            case NO -> leaves(key) ? WatchEvent.Type.LEAVE : null;
            case UNKNOWN -> members.contains(key) ? WatchEvent.Type.CHANGE : null;
        };
    }

    private boolean enters(String key) {
        if (members.contains(key)) {
            return false;
        }
        shown(key);
        return true;
    }

    private boolean leaves(String key) {
        if (members.remove(key)) {
            if (!complete) {
                remember(others, key);
            }
            return true;
        }
        return !complete && remember(others, key);
    }

    private boolean remember(Hashes hashes, String key) {
        if (hashes.size() == most && !hashes.contains(key)) {
            hashes.clear();
            complete = false;
        }
        return hashes.add(key);
    }
}
