/** Replies: the outcomes of records, for whoever sent them. */
@NullMarked
package io.tributary.kafka.reply;

import org.jspecify.annotations.NullMarked;
