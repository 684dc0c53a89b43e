package io.tributary.write

import io.tributary.change.Outcome
import io.tributary.change.Problem
import io.tributary.change.ProblemException
import io.tributary.change.ProblemType
import io.tributary.json.IntegerForm
import io.tributary.json.Limits
import io.tributary.json.OutcomeJson
import io.tributary.json.WriteJson
import io.tributary.name.DocumentName
import io.tributary.name.FieldPath
import io.tributary.value.IntegerValue
import io.tributary.value.MapValue
import io.tributary.value.StringValue
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNull

/**
 * How the contracts read from Kotlin. Much of what is proven here is proven by the compiler, which
 * takes the annotations of nullness as strict: a `?.` too few or too many would not compile without
 * a warning, and warnings are errors.
 */
class WriteInKotlinTest {
    private val document = DocumentName.of("products/p42")
    private val stock = FieldPath.parse("stock")

    @Test
    fun `a write is built from values`() {
        val write =
            Write.of(
                    document,
                    Action.Update.of(
                        Operator.Increment(stock, IntegerValue(-1)),
                        Operator.Append.of(FieldPath.parse("tags"), StringValue("sold")),
                    ),
                )
                .withCondition(
                    Condition.where(
                        Filter.Is(
                            Subject.Field(stock),
                            Filter.Compare(Filter.Comparison.GTE, IntegerValue(1)),
                        )
                    )
                )
                .withId("0190f3")

        assertEquals(
            """{"id":"0190f3","document":"products/p42","increment":{"stock":-1},""" +
                """"append":{"tags":["sold"]},"if":{"where":{"stock":{"gte":1}}}}""",
            WriteJson.write(write).decodeToString(),
        )
    }

    @Test
    fun `the id of a write may be missing, its document may not`() {
        val write = Write.of(document, Action.Delete())
        val id: String? = write.id()
        val name: DocumentName = write.document()

        assertNull(id)
        assertEquals(document, name)
    }

    @Test
    fun `a member of a map may be missing`() {
        val data = MapValue.of(mapOf("stock" to IntegerValue(4)))

        assertEquals(ofInteger(data, "stock"), 4)
        assertNull(ofInteger(data, "price"))
    }

    @Test
    fun `an outcome is one of two`() {
        assertEquals("products/p42 is at version 7", told(applied()))
        assertEquals(
            "condition-failed: the stock is 0",
            told(
                Outcome.Refused(
                    document,
                    Problem.of(ProblemType.CONDITION_FAILED, "the stock is 0"),
                )
            ),
        )
    }

    @Test
    fun `an action is one of seven`() {
        assertEquals("1 step", described(Action.Update.of(Operator.Unset(stock))))
        assertEquals(
            "1 field",
            described(Action.Create(MapValue.of(mapOf("a" to IntegerValue(1))))),
        )
    }

    @Test
    fun `what cannot be read says where it is wrong`() {
        val refused =
            assertFailsWith<ProblemException> {
                WriteJson.readRecord(
                    """{"increment": {"stock": "many"}}""".encodeToByteArray(),
                    "products/p42",
                    Limits.DEFAULT,
                )
            }

        assertEquals("/increment/stock", refused.problem().pointer())
        assertEquals("increment", refused.problem().operator())
    }

    @Test
    fun `an outcome survives the wire`() {
        val outcome = applied()

        assertEquals(outcome, OutcomeJson.read(OutcomeJson.write(outcome, IntegerForm.NUMBER)))
    }

    private fun applied() =
        Outcome.Applied(document, 7, null, false, true, Outcome.Effect.NONE, listOf(), null)

    private fun ofInteger(data: MapValue, name: String): Long? =
        (data.get(name) as? IntegerValue)?.value()

    private fun told(outcome: Outcome): String =
        when (outcome) {
            is Outcome.Applied -> "${outcome.document()} is at version ${outcome.version()}"
            is Outcome.Refused ->
                "${outcome.problem().type().slug()}: ${outcome.problem().detail()}"
        }

    private fun described(action: Action): String =
        when (action) {
            is Action.Update -> "${action.steps().size} step"
            is Action.MergePatch -> "merge patch"
            is Action.JsonPatch -> "${action.operations().size} operations"
            is Action.Create -> "${action.data().members().size} field"
            is Action.Replace -> "replacement"
            is Action.Delete -> "deletion"
            is Action.Verify -> "verification"
        }
}
