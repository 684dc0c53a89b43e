package io.tributary.client

import io.tributary.change.ProblemException
import io.tributary.change.ProblemType
import io.tributary.write.Where
import java.net.URI
import java.time.Duration
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNotNull
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import reactor.core.publisher.Flux
import reactor.core.scheduler.Schedulers

/** How the client reads from Kotlin. */
class ClientInKotlinTest {
    private val service = FakeTransport()
    private val client =
        TributaryClient(
            TributaryClient.builder(URI.create("http://fake"))
                .transactionAttempts(Attempts(5, Duration.ZERO, Duration.ZERO)),
            service,
            Schedulers.parallel(),
        )
    private val applied =
        """{"document":"products/p42","version":7,"time":"2026-11-21T08:00:00Z","modified":true}"""
    private val committed = """{"time":"2026-11-21T08:00:00Z","results":[]}"""
    private val ada = FakeTransport.document("accounts/ada", 3, """{"balance":100}""")

    @Test
    fun `a write is awaited`() = runBlocking {
        service.answers(200, applied)

        val outcome =
            client
                .document("products/p42")
                .update { it.increment("stock", -1) }
                .onlyIf(Where.field("stock").gte(1))
                .await()

        assertEquals(7, outcome.version())
    }

    @Test
    fun `a refusal is thrown`() {
        service.refuses(ProblemType.CONDITION_FAILED)

        val refused =
            assertFailsWith<ProblemException> {
                runBlocking { client.document("products/p42").update { it.unset("a") }.await() }
            }

        assertEquals(ProblemType.CONDITION_FAILED, refused.type())
    }

    @Test
    fun `a transaction is a function that may run again`() = runBlocking {
        service.answers(200, ada).refuses(ProblemType.CONFLICT)
        service.answers(200, ada).answers(200, committed)
        var runs = 0

        val balance = client.transaction { tx ->
            runs++
            val balance = tx.read("accounts/ada").integer("balance")
            tx.update("accounts/ada") { it.set("balance", balance - 40) }
            balance
        }

        assertEquals(100, balance)
        assertEquals(2, runs)
    }

    @Test
    fun `what a transaction throws is thrown, and nothing is written`() {
        service.answers(200, ada)

        assertFailsWith<IllegalStateException> {
            runBlocking {
                client.transaction { tx ->
                    tx.read("accounts/ada")
                    tx.delete("accounts/ada")
                    error("no")
                }
            }
        }

        assertEquals(1, service.calls.size)
    }

    @Test
    fun `a query is a flow over all its pages`() = runBlocking {
        service.answers(
            200,
            """{"documents":[${FakeTransport.document("a/1", 4, "{}")}],"cursor":"c1"}""",
        )
        service.answers(200, FakeTransport.documents(FakeTransport.document("a/2", 5, "{}")))

        val versions = client.collection("a").flow { it.withLimit(1) }.map { it.version() }.toList()

        assertEquals(listOf(4L, 5L), versions)
    }

    @Test
    fun `a bulk is a flow to a flow`() = runBlocking {
        service.answers(200, """{"line":1,"status":200,${applied.drop(1)}""" + "\n")

        val answers =
            client
                .bulk(flowOf(client.document("products/p42").delete().write()))
                .map { it.line() }
                .toList()

        assertEquals(listOf(1L), answers)
    }

    @Test
    fun `data of a document may be missing`() = runBlocking {
        service.answers(200, ada)

        val read = client.document("accounts/ada").read()

        assertNotNull(read.data()?.get("balance"))
        assertEquals(null, read.value("owner"))
    }

    @Test
    fun `a watch is a flow`() = runBlocking {
        service.streams("event: synced\nid: t7\ndata: {}\n\n", Flux.never())

        assertEquals("t7", client.document("products/p42").events().first().token())
    }
}
