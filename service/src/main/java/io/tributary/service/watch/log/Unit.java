package io.tributary.service.watch.log;

import io.tributary.kafka.changelog.LaneRecord;
import java.util.List;

/**
 * What is given out together: one record, or all changes of an atomic batch.
 *
 * @param records in the order of their lanes, and in each lane in order
 */
public record Unit(List<LaneRecord> records) {

    public Unit {
        records = List.copyOf(records);
    }

    /** Whether it may take more than one event to tell. */
    public boolean isBatch() {
        return records.size() > 1;
    }

    /** The memory that it takes, roughly. */
    public int bytes() {
        return records.stream().mapToInt(LaneRecord::bytes).sum();
    }
}
