package io.tributary.kafka.intake

import io.tributary.kafka.TestKafka
import java.time.Duration
import java.time.Instant
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread
import kotlin.test.Test
import org.apache.kafka.clients.consumer.Consumer
import org.apache.kafka.clients.consumer.KafkaConsumer
import org.apache.kafka.common.TopicPartition
import org.apache.kafka.common.serialization.ByteArrayDeserializer
import org.assertj.core.api.Assertions.assertThat

/** Where the reading of a partition begins that is to begin at a time. */
class FirstRecordIT {

    private val kafka = TestKafka.shared()
    private val topic = kafka.topic(1)
    private val settings =
        IntakeSettings(kafka.client(), topic, topic, IntakeSettings.Ownership.Everything(1))

    @Test
    fun `is the first that was produced since then`() {
        val before = Instant.now()
        kafka.produce(topic, 0, "first", "second")

        assertThat(firstAt(before, consumer())).isEqualTo(0)
    }

    @Test
    fun `is the end where nothing was produced since then`() {
        kafka.produce(topic, 0, "first", "second")

        assertThat(firstAt(Instant.now().plus(Duration.ofDays(1)), consumer())).isEqualTo(2)
    }

    @Test
    fun `is the one that is produced after nothing was found`() {
        assertThat(firstAt(Instant.now(), Overtaken(consumer()))).isEqualTo(0)
    }

    /** Somebody produces as soon as this has looked for a time. */
    private inner class Overtaken(private val consumer: Consumer<ByteArray, ByteArray>) :
        Consumer<ByteArray, ByteArray> by consumer {

        override fun offsetsForTimes(times: Map<TopicPartition, Long>, timeout: Duration) =
            consumer.offsetsForTimes(times, timeout).also { kafka.produce(topic, 0, "late") }
    }

    private fun consumer(): Consumer<ByteArray, ByteArray> {
        val bytes = ByteArrayDeserializer()
        return KafkaConsumer(ConsumerProperties.of(settings), bytes, bytes)
    }

    private fun firstAt(time: Instant, consumer: Consumer<ByteArray, ByteArray>): Long {
        val loop = PollLoop(consumer, settings, CollectingListener())
        val reading = thread { loop.run() }
        try {
            return loop.firstAt(0, time).toCompletableFuture().get(20, TimeUnit.SECONDS)
        } finally {
            loop.close()
            reading.join()
        }
    }
}
