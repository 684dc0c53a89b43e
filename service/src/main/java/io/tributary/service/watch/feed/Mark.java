package io.tributary.service.watch.feed;

import io.tributary.service.watch.log.Positions;
import java.time.Instant;
import java.util.List;

/**
 * How far the changelog was given out.
 *
 * @param positions behind which changes follow
 * @param times for each lane, when the last change before was committed
 */
public record Mark(Positions positions, List<Instant> times) {

    public Mark {
        times = List.copyOf(times);
    }
}
