package io.tributary.query;

/**
 * What an update by query did, in numbers.
 *
 * @param matched the documents that matched when they were looked for; the sum of all others
 * @param modified those that were changed
 * @param unchanged those that had nothing to change
 * @param skipped those that did not match any more when their turn came
 * @param failed those that could not be changed
 */
public record UpdateCounts(long matched, long modified, long unchanged, long skipped, long failed) {

    public static final UpdateCounts NONE = new UpdateCounts(0, 0, 0, 0, 0);

    /** These with one more result. */
    public UpdateCounts plus(UpdateResult result) {
        if (result instanceof UpdateResult.Applied applied) {
            return applied.modified()
                    ? new UpdateCounts(matched + 1, modified + 1, unchanged, skipped, failed)
                    : new UpdateCounts(matched + 1, modified, unchanged + 1, skipped, failed);
        }
        return result instanceof UpdateResult.Skipped
                ? new UpdateCounts(matched + 1, modified, unchanged, skipped + 1, failed)
                : new UpdateCounts(matched + 1, modified, unchanged, skipped, failed + 1);
    }
}
