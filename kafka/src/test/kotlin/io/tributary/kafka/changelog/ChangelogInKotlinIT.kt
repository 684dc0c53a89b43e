package io.tributary.kafka.changelog

import io.tributary.kafka.TestKafka
import io.tributary.value.IntegerValue
import io.tributary.value.Value
import java.time.Duration
import java.util.concurrent.ConcurrentHashMap
import kotlin.test.Test
import org.assertj.core.api.Assertions.assertThat
import org.awaitility.Awaitility.await
import reactor.core.publisher.Mono

/** How a service in Kotlin keeps a table of its own up to date. */
class ChangelogInKotlinIT {

    private val kafka = TestKafka.shared()
    private val changelog = TestChangelog(kafka, 1)
    private val stock = ConcurrentHashMap<String, Value>()

    @Test
    fun `a table follows the changelog`() {
        changelog.publish(0, 1, 2, 3)

        val following =
            ChangelogConsumer.of(kafka.client(), "stock-table")
                .withTopic(changelog.topic())
                .processed { change ->
                    Mono.fromRunnable<Void> {
                        when (val data = change.after) {
                            null -> stock.remove(change.document.path())
                            else -> stock[change.document.path()] = data.members().getValue("stock")
                        }
                    }
                }
                .subscribe()

        await().atMost(Duration.ofSeconds(20)).untilAsserted {
            assertThat(stock["products/p0"]).isEqualTo(IntegerValue(3))
        }
        following.dispose()
    }
}
