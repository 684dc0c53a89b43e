package io.tributary.kafka.intake;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Offers to the listener what was read, and again what it refused. Only {@link #wake} and {@link #halt} are for other
 * threads than the poll thread.
 */
final class Offers {

    private final IntakeListener listener;

    /**
     * Partitions with records that were not accepted, and partitions that somebody has woken. A wake may come between
     * the listener's refusal and its being noted here. Hence the poll thread clears the wake before it offers and looks
     * for it after it has noted the refusal, and {@link #wake} marks before it looks: one of the two sees the other.
     */
    private final Set<Integer> refused = ConcurrentHashMap.newKeySet();

    private final Set<Integer> woken = ConcurrentHashMap.newKeySet();

    private volatile boolean halted;

    Offers(IntakeListener listener) {
        this.listener = listener;
    }

    /** Offers what a partition holds, and reads on there or not, as the listener wants. */
    void offer(PartitionFlow flow) {
        int partition = flow.partition();
        while (!halted && !flow.isWaiting() && !flow.held().isEmpty()) {
            woken.remove(partition);
            flow.accepted(listener.records(partition, flow.held()));
            if (flow.held().isEmpty()) {
                refused.remove(partition);
            } else {
                refused.add(partition);
                if (!woken.contains(partition)) {
                    break;
                }
            }
        }
        flow.settle(halted);
    }

    /** Offers what came in while all was halted, and what was refused, where somebody was woken since. */
    void offerAgain(Collection<PartitionFlow> flows) {
        for (PartitionFlow flow : flows) {
            if (!isStillRefused(flow)) {
                offer(flow);
            }
        }
    }

    private boolean isStillRefused(PartitionFlow flow) {
        return !flow.held().isEmpty() && refused.contains(flow.partition()) && !woken.contains(flow.partition());
    }

    /** Marks a partition to be offered again; true when there is something to offer. */
    boolean wake(int partition) {
        woken.add(partition);
        return refused.contains(partition);
    }

    void halt(boolean halt) {
        halted = halt;
    }

    void forget(Set<Integer> partitions) {
        refused.removeAll(partitions);
        woken.removeAll(partitions);
    }
}
