package io.tributary.service.watch.feed;

import io.tributary.service.watch.log.Positions;
import java.time.Instant;
import java.util.List;

/**
 * How far the changelog was given out.
 *
 * @param positions behind which changes follow
 * @param times for each lane, when the last change before was committed
 * @param place the same for the hub alone, which finds by it what follows; 0 when only the positions are known
 */
public record Mark(Positions positions, List<Instant> times, long place) {

    public Mark {
        times = List.copyOf(times);
    }
}
