package io.tributary.service.changelog;

import io.tributary.service.store.LaneState;
import io.tributary.service.store.Session;
import io.tributary.service.store.StoredTurn;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Publishes what lanes commit: turn after turn, from memory where it can, from the store where it must.
 *
 * <p>A lane that is taken over first looks at the end of its changelog and then sends what comes after it: the epoch was
 * raised before, so nobody adds turns behind its back, and what the owner before still sends twice is known by its number.
 * After a failed send all lanes begin that way again, with a new producer. But a lane whose record the broker refuses for
 * good, too large for its topic for example, stands still, with an alarm, until somebody has mended the topic: it is tried
 * again each minute, and whenever it is taken over. The other lanes go on, and nothing is left out.
 *
 * <p>Public methods are for any thread; all else runs on the scheduler's one thread.
 */
public final class Publisher {

    private static final Logger log = LoggerFactory.getLogger(Publisher.class);
    private static final Duration UPKEEP = Duration.ofSeconds(1);
    private static final int TURNS_SWEPT_AT_ONCE = 1_000;

    private final Changelog changelog;
    private final Outbox outbox;
    private final PublisherSettings settings;
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final Map<Integer, Feed> feeds = new ConcurrentHashMap<>();
    private final Disposable upkeep;
    private int generation;
    private boolean restarting;
    private boolean told;

    /** @param session this publisher's own, for reading and sweeping turns */
    public Publisher(
            Changelog changelog,
            Session session,
            PublisherSettings settings,
            Scheduler scheduler,
            InstantSource clock) {
        Payload.prepare();
        this.changelog = changelog;
        this.outbox = new Outbox(session);
        this.settings = settings;
        this.scheduler = scheduler;
        this.clock = clock;
        this.upkeep = Flux.interval(UPKEEP, UPKEEP, scheduler)
                .doOnNext(tick -> feeds.values().forEach(feed -> feed.expire(clock.instant())))
                .onBackpressureDrop()
                .concatMap(tick -> idleLanesSwept(), 1)
                .subscribe(nothing -> {}, fault -> log.error("published turns are no longer swept", fault));
    }

    /** Begins with a lane that has just been taken over. */
    public void open(LaneState state) {
        Feed feed = new Feed(state, settings);
        feeds.put(state.lane(), feed);
        scheduler.schedule(() -> seek(feed));
    }

    /** Stops with a lane; what is left of it is its next owner's. */
    public void close(int lane) {
        Feed feed = feeds.remove(lane);
        if (feed != null) {
            scheduler.schedule(feed::stop);
        }
    }

    /**
     * A turn that was committed.
     *
     * @param state the lane's state after it
     * @param publications what it leaves to be published; null when only the store has that
     */
    public record News(LaneState state, @Nullable List<Publication> publications) {}

    /** Hears of turns, those of one commit for example; of each lane in their order. */
    public void committed(List<News> turns) {
        List<Heard> heard = new ArrayList<>(turns.size());
        for (News turn : turns) {
            Feed feed = feeds.get(turn.state().lane());
            if (feed != null) {
                heard.add(new Heard(turn, feed));
            }
        }
        scheduler.schedule(() -> hear(heard));
    }

    private record Heard(News turn, Feed feed) {}

    private void hear(List<Heard> heard) {
        heard.forEach(
                each -> each.feed().committed(each.turn().state(), each.turn().publications()));
        heard.forEach(each -> pump(each.feed()));
    }

    /** The last turn of a lane that the store need not keep. */
    public long sweepableTo(int lane) {
        Feed feed = feeds.get(lane);
        return feed == null ? 0 : feed.sweepableTo();
    }

    /** The age of a lane's oldest change that the broker has not acknowledged; zero when there is none. */
    public Duration lag(int lane) {
        Feed feed = feeds.get(lane);
        return feed == null ? Duration.ZERO : feed.lag(clock.instant());
    }

    /** How many lanes stand still until somebody mends what hinders them. */
    public int standing() {
        return (int)
                feeds.values().stream().filter(feed -> feed.phase().stands()).count();
    }

    /** Completes once everything committed so far, of all lanes that do not stand still, is acknowledged. */
    public Mono<Void> published() {
        return Flux.interval(Duration.ZERO, Duration.ofMillis(10), scheduler)
                .onBackpressureDrop()
                .filter(tick -> feeds.values().stream()
                        .allMatch(feed -> feed.allPublished() || feed.phase().stands()))
                .next()
                .then();
    }

    /** Ends the upkeep. Turns that are not published stay in the store. */
    public void close() {
        upkeep.dispose();
    }

    private boolean current(Feed feed) {
        return feeds.get(feed.lane()) == feed;
    }

    private void seek(Feed feed) {
        if (!current(feed) || feed.phase() != Feed.Phase.SEEKING || restarting) {
            return;
        }
        int started = generation;
        changelog
                .lastSequence(feed.lane())
                .publishOn(scheduler)
                .subscribe(
                        last -> {
                            if (current(feed) && feed.phase() == Feed.Phase.SEEKING && started == generation) {
                                found(feed, last.orElse(0));
                            }
                        },
                        failure -> {
                            tellOnce(failure);
                            later(() -> {
                                if (started == generation) {
                                    seek(feed);
                                }
                            });
                        });
    }

    private void tellOnce(Throwable failure) {
        if (!told) {
            log.warn("the end of the changelog cannot be read, publishing waits: {}", failure.getMessage());
        }
        told = true;
    }

    private void found(Feed feed, long lastSequence) {
        told = false;
        if (lastSequence > feed.newestSequence()) {
            feed.stop();
            log.error(
                    "lane {}: the changelog ends with number {}, the database with {}. The database is older than the"
                            + " changelog (restored from a backup?): publishing of this lane is stopped, for its numbers"
                            + " would be taken for repetitions",
                    feed.lane(),
                    lastSequence,
                    feed.newestSequence());
            return;
        }
        feed.found(lastSequence);
        pump(feed);
    }

    private void pump(Feed feed) {
        while (current(feed)
                && feed.phase() == Feed.Phase.SENDING
                && !restarting
                && !feed.reading()
                && !feed.full()
                && !feed.allSent()) {
            Feed.Committed next = feed.nextInMemory();
            if (next == null) {
                read(feed);
                return;
            }
            send(feed, next, true);
        }
    }

    private void read(Feed feed) {
        feed.reading(true);
        long to = feed.readTo();
        int started = generation;
        outbox.turns(feed.lane(), feed.sent(), settings.page())
                .publishOn(scheduler)
                .subscribe(
                        turns -> {
                            feed.reading(false);
                            if (started == generation && feed.phase() == Feed.Phase.SENDING) {
                                turns.stream().filter(turn -> turn.turn() <= to).forEach(turn -> send(feed, turn));
                                if (turns.size() < settings.page()
                                        || turns.getLast().turn() >= to) {
                                    feed.skipTo(to);
                                }
                            }
                            pump(feed);
                        },
                        failure -> {
                            log.warn("lane {}: its turns cannot be read: {}", feed.lane(), failure.getMessage());
                            later(() -> {
                                feed.reading(false);
                                pump(feed);
                            });
                        });
    }

    private void send(Feed feed, StoredTurn turn) {
        send(feed, Feed.Committed.of(turn.turn(), turn.at(), Payload.read(turn.payload())), false);
    }

    private void send(Feed feed, Feed.Committed turn, boolean fromMemory) {
        Feed.InFlight sending = feed.sending(turn, fromMemory);
        List<Publication> unpublished = feed.unpublished(turn.publications());
        int started = generation;
        Mono<Void> sent = unpublished.isEmpty() ? Mono.empty() : changelog.send(feed.lane(), unpublished);
        sent.publishOn(scheduler).subscribe(nothing -> {}, failure -> failed(feed, started, failure), () -> {
            if (started == generation) {
                acknowledged(feed, sending);
                pump(feed);
            }
        });
    }

    private void acknowledged(Feed feed, Feed.InFlight turn) {
        if (feed.acknowledged(turn, clock.instant())) {
            log.info("lane {}: the broker takes its changes again", feed.lane());
        }
    }

    /** The producer has failed, and with it all that was under way; only the lane at fault hears of a refusal. */
    private void failed(Feed feed, int started, Throwable failure) {
        boolean refused = failure instanceof RefusedRecordException;
        if (refused && !feed.phase().stands()) {
            stand(feed, failure);
        }
        if (started == generation) {
            if (!refused) {
                log.warn("publishing begins again with a new producer: {}", failure.getMessage());
            }
            restart();
        }
    }

    private void stand(Feed feed, Throwable refusal) {
        if (feed.refused()) {
            log.error(
                    "lane {}: its publishing stands still, for the broker refuses a record, which is tried again every"
                            + " {} s until the topic is mended; the other lanes go on: {}",
                    feed.lane(),
                    settings.refusedRetry().toSeconds(),
                    refusal.getMessage());
        }
        scheduler.schedule(
                () -> {
                    if (feed.phase() == Feed.Phase.REFUSED) {
                        feed.seek();
                        seek(feed);
                    }
                },
                settings.refusedRetry().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void restart() {
        generation++;
        restarting = true;
        feeds.values().stream().filter(feed -> !feed.phase().stands()).forEach(Feed::seek);
        later(this::tryRestart);
    }

    private void tryRestart() {
        changelog.restart().publishOn(scheduler).subscribe(nothing -> {}, failure -> later(this::tryRestart), () -> {
            restarting = false;
            feeds.values().forEach(this::seek);
        });
    }

    private Mono<Void> idleLanesSwept() {
        return Flux.fromIterable(feeds.values())
                .filter(Feed::awaitsSweeping)
                .concatMap(this::swept)
                .then();
    }

    private Mono<Void> swept(Feed feed) {
        long from = feed.sweptTo() + 1;
        long to = Math.min(feed.sweepableTo(), feed.sweptTo() + TURNS_SWEPT_AT_ONCE);
        return outbox.sweep(feed.lane(), from, to)
                .publishOn(scheduler)
                .doOnSuccess(done -> feed.sweptTo(to))
                .doOnError(failure -> log.debug("lane {}: not swept", feed.lane(), failure))
                .onErrorComplete();
    }

    private void later(Runnable task) {
        scheduler.schedule(task, settings.retry().toMillis(), TimeUnit.MILLISECONDS);
    }
}
