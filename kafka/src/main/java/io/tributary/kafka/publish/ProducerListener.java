package io.tributary.kafka.publish;

/** Hears of an {@link OrderedProducer} what concerns all batches. Called on its threads; must not block. */
public interface ProducerListener {

    /** There is room again after a batch was refused for want of it. */
    void room();

    /**
     * A record could not be sent, so the producer has stopped. Said once until {@link OrderedProducer#restart}. What
     * had been taken and was not acknowledged before may or may not be on its topics; of each partition's batches at
     * most a prefix is, and nothing is added any more. No acknowledgement follows.
     *
     * @param partition the partition of that record
     */
    void failed(int partition, Exception cause);
}
