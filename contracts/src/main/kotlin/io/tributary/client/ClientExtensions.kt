/**
 * The client in the words of coroutines. What each function promises is said at what it stands for.
 */
@file:JvmName("ClientExtensions")

package io.tributary.client

import io.tributary.change.BatchOutcome
import io.tributary.change.BulkAnswer
import io.tributary.change.Outcome
import io.tributary.query.Document
import io.tributary.query.Query
import io.tributary.write.Write
import kotlinx.coroutines.Job
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.reactive.asFlow
import kotlinx.coroutines.reactive.asPublisher
import kotlinx.coroutines.reactor.awaitSingle
import kotlinx.coroutines.reactor.mono

/**
 * Runs [function] as [TributaryClient.runTransaction] does, in the caller's context. It **may run
 * several times**, and does nothing but read, think, and write through its [Transaction].
 */
public suspend fun <T : Any> TributaryClient.transaction(function: suspend (Transaction) -> T): T {
    val context = currentCoroutineContext().minusKey(Job)
    return runTransaction { tx -> mono(context) { function(tx) } }.awaitSingle()
}

/** [Transaction.get]. */
public suspend fun Transaction.read(path: String): Document = get(path).awaitSingle()

/** [Transaction.getAll]. */
public suspend fun Transaction.readAll(vararg paths: String): List<Document> =
    getAll(*paths).awaitSingle()

/** [DocumentClient.get]. */
public suspend fun DocumentClient.read(): Document = get().awaitSingle()

/** [TributaryClient.getAll]. */
public suspend fun TributaryClient.readAll(vararg paths: String): List<Document> =
    getAll(*paths).awaitSingle()

/** [WriteRequest.send]. */
public suspend fun WriteRequest.await(): Outcome.Applied = send().awaitSingle()

/** [TributaryClient.batch]. */
public suspend fun TributaryClient.awaitBatch(vararg writes: Write): BatchOutcome.Applied =
    batch(*writes).awaitSingle()

/** [CollectionClient.query]. */
public fun CollectionClient.flow(query: (Query) -> Query = { it }): Flow<Document> =
    query(query).asFlow()

/** [TributaryClient.bulk]. */
public fun TributaryClient.bulk(writes: Flow<Write>): Flow<BulkAnswer> =
    bulk(writes.asPublisher()).asFlow()

/** [DocumentClient.watch]. */
public fun DocumentClient.events(options: WatchOptions = WatchOptions.DEFAULT): Flow<WatchEvent> =
    watch(options).asFlow()

/** [CollectionClient.watch]. */
public fun CollectionClient.events(
    options: (WatchOptions) -> WatchOptions = { it }
): Flow<WatchEvent> = watch(options).asFlow()
