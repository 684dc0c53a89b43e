package io.tributary.kafka.topics;

/**
 * The topics of one service.
 *
 * @param updates where writes come in
 * @param changes where changes go out: the changelog
 * @param rejections where writes end that could not be applied
 * @param replies where instances of the service answer one another
 */
public record TopicNames(String updates, String changes, String rejections, String replies) {

    /** The names that hold unless others are configured. */
    public static TopicNames defaults() {
        return new TopicNames("tributary.updates", "tributary.changes", "tributary.rejections", "tributary.replies");
    }
}
