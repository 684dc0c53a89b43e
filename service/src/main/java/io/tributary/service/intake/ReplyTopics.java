package io.tributary.service.intake;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The topics that records may name for their outcomes. Not any: who may write to the updates topic must not thereby write to
 * the changelog.
 *
 * @param pattern a topic's name, in which {@code *} stands for any characters
 * @param own the topic by which the instances answer one another
 */
public record ReplyTopics(String pattern, String own) {

    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    boolean admits(String topic) {
        String[] parts = pattern.split("\\*", -1);
        String regex =
                String.join(".*", Arrays.stream(parts).map(Pattern::quote).toList());
        return topic.equals(own) || (TOPIC.matcher(topic).matches() && topic.matches(regex));
    }
}
