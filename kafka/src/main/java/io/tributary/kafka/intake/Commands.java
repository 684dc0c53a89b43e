package io.tributary.kafka.intake;

import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;

/** What other threads want the poll thread to do with a partition. */
final class Commands {

    private final Queue<Command> commands = new ConcurrentLinkedQueue<>();

    void add(int partition, Consumer<PartitionFlow> action) {
        commands.add(new Command(partition, action));
    }

    /** Asks the brokers something, on the poll thread, until they answer or the partition leaves. */
    <T> CompletableFuture<T> ask(int partition, Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        add(partition, flow -> ask(partition, question, answer));
        return answer;
    }

    private <T> void ask(int partition, Supplier<T> question, CompletableFuture<T> answer) {
        try {
            answer.complete(question.get());
        } catch (WakeupException | RetriableException again) {
            add(partition, flow -> ask(partition, question, answer));
        } catch (KafkaException e) {
            answer.completeExceptionally(e);
        }
    }

    /** Does what is wanted now of partitions that are here; what is wanted meanwhile is left for the next time. */
    void obey(Map<Integer, PartitionFlow> flows) {
        for (int left = commands.size(); left > 0; left--) {
            Command command = commands.remove();
            PartitionFlow flow = flows.get(command.partition());
            if (flow != null) {
                command.action().accept(flow);
            }
        }
    }

    void forget(Set<Integer> partitions) {
        commands.removeIf(command -> partitions.contains(command.partition()));
    }

    private record Command(int partition, Consumer<PartitionFlow> action) {}
}
