package io.tributary.trigger;

/**
 * A write as JSON whose strings may hold placeholders, <code>${…}</code>.
 *
 * @param json an object, as a record of the updates topic is
 */
public record WriteTemplate(String json) {}
