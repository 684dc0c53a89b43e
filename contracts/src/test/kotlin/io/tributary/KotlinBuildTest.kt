package io.tributary

import kotlin.test.Test
import kotlin.test.assertEquals

/** Trivial: shows that tests in Kotlin run. To be deleted with the first real one. */
class KotlinBuildTest {
    @Test
    fun `runs beside the tests in Java`() {
        assertEquals(BuildTest::class.java.packageName, "io.tributary")
    }
}
