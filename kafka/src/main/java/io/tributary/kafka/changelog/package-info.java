/**
 * Owns reading the changelog: its tail, for who publishes it, and its changes, for who follows it. Must not import
 * {@code publish}, {@code topics} or {@code embedded}.
 */
@NullMarked
package io.tributary.kafka.changelog;

import org.jspecify.annotations.NullMarked;
