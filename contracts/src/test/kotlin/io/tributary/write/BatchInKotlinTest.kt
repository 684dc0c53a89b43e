package io.tributary.write

import io.tributary.change.BatchOutcome
import io.tributary.change.Problem
import io.tributary.change.ProblemType
import io.tributary.json.BatchJson
import io.tributary.json.Limits
import io.tributary.name.DocumentName
import io.tributary.name.FieldPath
import io.tributary.value.IntegerValue
import java.time.Instant
import kotlin.test.Test
import kotlin.test.assertEquals

/** How a batch reads from Kotlin. */
class BatchInKotlinTest {
    private val balance = FieldPath.parse("balance")
    private val alice = DocumentName.of("accounts/alice")
    private val bob = DocumentName.of("accounts/bob")

    private val transfer =
        Batch.of("default", listOf(incremented(alice, -10), incremented(bob, 10)))
            .withReads(listOf(Batch.Read(alice, 7)))
            .withId("0190f3")

    @Test
    fun `a transfer is two writes and what they were decided on`() {
        assertEquals(
            """{"id":"0190f3","writes":[{"document":"accounts/alice","increment":{"balance":-10}},""" +
                """{"document":"accounts/bob","increment":{"balance":10}}],""" +
                """"reads":[{"document":"accounts/alice","version":7}]}""",
            BatchJson.write(transfer).decodeToString(),
        )
    }

    @Test
    fun `a batch survives the wire`() {
        assertEquals(
            transfer,
            BatchJson.read("default", BatchJson.write(transfer), Limits.DEFAULT),
        )
    }

    @Test
    fun `an outcome is one of two`() {
        val applied = BatchOutcome.Applied(null, Instant.EPOCH, listOf())
        val conflict =
            Problem.of(ProblemType.CONFLICT, "a document changed meanwhile")
                .withStale(listOf(Problem.Stale("accounts/alice", 8)))

        assertEquals("applied 0 writes", told(applied))
        assertEquals("accounts/alice is at version 8", told(BatchOutcome.Refused(conflict)))
    }

    private fun incremented(document: DocumentName, by: Long) =
        Write.of(document, Action.Update.of(Operator.Increment(balance, IntegerValue(by))))

    private fun told(outcome: BatchOutcome): String =
        when (outcome) {
            is BatchOutcome.Applied -> "applied ${outcome.results().size} writes"
            is BatchOutcome.Refused ->
                outcome.problem().stale().joinToString {
                    "${it.document()} is at version ${it.version()}"
                }
        }
}
