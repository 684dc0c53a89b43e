package io.tributary.service.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.json.FilterJson;
import io.tributary.json.Limits;
import io.tributary.json.SortKeys;
import io.tributary.name.CollectionName;
import io.tributary.query.Query;
import io.tributary.service.document.DocumentState;
import io.tributary.service.store.StoreException;
import io.tributary.write.Filter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class QueriesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final CollectionName PRODUCTS = CollectionName.of("products");

    private final FakeStore store = new FakeStore();
    private final Queries queries = queries(QuerySettings.DEFAULT);

    @Test
    void findsWhatTheFilterMatches() {
        store.put("products/a", "{\"n\":1}").put("products/b", "{\"n\":2}").put("products/c", "{\"n\":3}");

        assertThat(ids(page(query("{\"n\":{\"gte\":2}}", "", 50, null)))).containsExactly("b", "c");
    }

    @Test
    void looksIntoOneCollectionOnly() {
        store.put("products/a", "{}").put("products/a/parts/b", "{}").put("productsx/c", "{}");

        assertThat(ids(page(query("{}", "", 50, null)))).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n|missing nil one two",
                "-n|two one nil missing",
                "@id|missing nil one two",
                "-@id|two one nil missing",
                "same,-n|two one nil missing",
                "@version|missing nil one two",
            })
    void orders(String orderBy, String expected) {
        store.put("products/one", "{\"n\":1}")
                .put("products/two", "{\"n\":2}")
                .put("products/nil", "{\"n\":null}")
                .put("products/missing", "{}");

        assertThat(ids(page(query("{}", orderBy, 50, null)))).containsExactly(expected.split(" "));
    }

    @Test
    void breaksTiesByIdWithNumericIdsFirst() {
        store.put("products/a", "{\"n\":1}")
                .put("products/__id10__", "{\"n\":1}")
                .put("products/__id9__", "{\"n\":1}");

        assertThat(ids(page(query("{}", "-n", 50, null)))).containsExactly("__id9__", "__id10__", "a");
    }

    @Test
    void stopsReadingOnceThePageIsFull() {
        fill(1_000);

        page(query("{}", "", 10, null));

        assertThat(store.pages()).isEqualTo(1);
    }

    @Test
    void readsOnWhileFewMatch() {
        fill(1_000);

        assertThat(ids(page(query("{\"n\":{\"gte\":995}}", "", 50, null)))).hasSize(5);
    }

    @Test
    void hasNoCursorAtTheEnd() {
        fill(10);

        assertThat(page(query("{}", "", 10, null)).cursor()).isNull();
        assertThat(page(query("{}", "n", 10, null)).cursor()).isNull();
    }

    @Test
    void countsAllThatMatchOnEveryPage() {
        fill(300);
        Page first = page(counting(null));

        Page second = page(counting(first.cursor()));

        assertThat(first.total()).isEqualTo(200);
        assertThat(second.total()).isEqualTo(200);
        assertThat(ids(second)).doesNotContainAnyElementsOf(ids(first));
    }

    @Test
    void countsNothingUnlessAsked() {
        fill(1);

        assertThat(page(query("{}", "", 10, null)).total()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "n", "-n", "k,-n", "-missing,k", "@createdAt,-@id", "-k,@version"})
    void listsEachDocumentThatStaysOnceWhileOthersComeAndGo(String orderBy) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            String missing = random.nextBoolean() ? "" : ",\"missing\":" + random.nextInt(3);
            store.put("products/stays" + i, "{\"n\":" + i + ",\"k\":" + random.nextInt(4) + missing + "}");
        }
        List<String> listed = new ArrayList<>();
        String cursor = null;
        int round = 0;
        do {
            Page page = page(query("{}", orderBy, 7, cursor));
            listed.addAll(ids(page));
            cursor = page.cursor();
            store.put("products/comes" + random.nextInt(500), "{\"n\":" + random.nextInt(200) + ",\"k\":1}");
            store.remove("products/comes" + random.nextInt(500));
            round++;
        } while (cursor != null && round < 1_000);

        listed.removeIf(id -> id.startsWith("comes"));
        assertThat(listed).as("seed %d", seed).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void goesOnWhereThePageEndedEvenWhenItsLastDocumentIsGone() {
        store.put("products/a", "{\"n\":1}").put("products/b", "{\"n\":2}").put("products/c", "{\"n\":3}");
        Page first = page(query("{}", "-n", 2, null));
        store.remove("products/b");

        assertThat(ids(page(query("{}", "-n", 2, first.cursor())))).containsExactly("a");
    }

    @Test
    void holdsNoMoreThanItsShareOfMemory() {
        String large = "x".repeat(10_000);
        List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        Collections.shuffle(order, new Random(42));
        for (int i = 0; i < 10; i++) {
            // Every other one is small, so that there is room again behind a large one that had to go.
            String text = order.get(i) % 2 == 0 ? large : "";
            store.put("products/d" + i, "{\"n\":" + order.get(i) + ",\"text\":\"" + text + "\"}");
        }
        Queries tight = queries(new QuerySettings(Duration.ofSeconds(10), 25_000, 1));

        List<String> listed = new ArrayList<>();
        String cursor = null;
        do {
            Page page = page(tight, query("{}", "n", 10, cursor));
            assertThat(page.documents()).hasSizeBetween(1, 5);
            page.documents()
                    .forEach(document -> listed.add(String.valueOf(
                            Objects.requireNonNull(document.data()).get("n"))));
            cursor = page.cursor();
        } while (cursor != null);

        assertThat(listed).hasSize(10).isSorted();
    }

    @Test
    void givesOutADocumentThatIsLargerThanItsShareOfMemory() {
        store.put("products/a", "{\"text\":\"" + "x".repeat(1_000) + "\"}").put("products/b", "{}");
        Queries tight = queries(new QuerySettings(Duration.ofSeconds(10), 10, 1));

        assertThat(ids(page(tight, query("{}", "", 10, null)))).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"products|{\"n\":1}|n", "products|{}|-n", "products|{}|", "others|{}|n"})
    void refusesTheCursorOfAnotherQuery(String collection, String where, @Nullable String orderBy) {
        fill(10);
        String cursor = page(query("{}", "n", 5, null)).cursor();
        Query other = new Query(
                CollectionName.of(collection),
                FilterJson.read(where, Limits.DEFAULT),
                orderBy == null ? List.of() : SortKeys.read(orderBy),
                5,
                cursor,
                null,
                false);

        refused(queries, other, ProblemType.BAD_VALUE);
    }

    @Test
    void takesACursorToAnotherLimit() {
        fill(10);
        String cursor = page(query("{}", "n", 5, null)).cursor();

        assertThat(page(query("{}", "n", 3, cursor)).documents()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "e30", "bm90IGpzb24", "*"})
    void refusesACursorThatIsNone(String cursor) {
        refused(queries, query("{}", "", 5, cursor), ProblemType.BAD_VALUE);
    }

    @Test
    void givesUpAfterItsTime() {
        store.beSilent();
        Queries hasty = queries(new QuerySettings(Duration.ofMillis(1), 1_000, 1));

        refused(hasty, query("{}", "", 5, null), ProblemType.QUERY_TIMEOUT);
    }

    @Test
    void refusesMoreQueriesAtOnceThanItMayRun() {
        store.beSilent();
        Queries one = queries(new QuerySettings(Duration.ofMinutes(1), 1_000, 1));
        Disposable running = one.page(query("{}", "", 5, null)).subscribe(page -> {}, error -> {});

        refused(one, query("{}", "", 5, null), ProblemType.BUSY);

        running.dispose();
    }

    @Test
    void takesANewQueryWhenOneHasEnded() {
        fill(1);
        Queries one = queries(new QuerySettings(Duration.ofSeconds(10), 1_000, 1));
        page(one, query("{}", "", 5, null));

        assertThat(page(one, query("{}", "", 5, null)).documents()).hasSize(1);
    }

    @Test
    void passesOnThatTheStoreIsAway() {
        store.failWith(StoreException.Kind.AWAY);

        StepVerifier.create(queries.page(query("{}", "", 5, null)))
                .expectError(StoreException.class)
                .verify(PATIENCE);
    }

    @Test
    void readsALongCollectionWithoutDeepStacks() {
        for (int i = 0; i < 3_000; i++) {
            store.put("products/d" + i, "{\"text\":\"" + "x".repeat(5_000) + "\"}");
        }

        assertThat(page(query("{\"text\":\"none\"}", "", 5, null)).documents()).isEmpty();
        assertThat(new HashSet<>(List.of(store.pages()))).allMatch(pages -> pages > 3);
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            store.put("products/d" + i, "{\"n\":" + i + "}");
        }
    }

    private Queries queries(QuerySettings settings) {
        return new Queries(store, settings, Schedulers.parallel());
    }

    private static Query query(String where, String orderBy, int limit, @Nullable String cursor) {
        Filter filter = FilterJson.read(where, Limits.DEFAULT);
        return new Query(
                PRODUCTS, filter, orderBy.isEmpty() ? List.of() : SortKeys.read(orderBy), limit, cursor, null, false);
    }

    private static Query counting(@Nullable String cursor) {
        Filter filter = FilterJson.read("{\"n\":{\"gte\":100}}", Limits.DEFAULT);
        return new Query(PRODUCTS, filter, List.of(), 10, cursor, null, true);
    }

    private Page page(Query query) {
        return page(queries, query);
    }

    private static Page page(Queries queries, Query query) {
        return Objects.requireNonNull(queries.page(query).block(PATIENCE));
    }

    private static List<String> ids(Page page) {
        return page.documents().stream()
                .map(DocumentState::name)
                .map(name -> name.id())
                .toList();
    }

    private static void refused(Queries queries, Query query, ProblemType type) {
        StepVerifier.create(queries.page(query))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                refused -> assertThat(refused.problem().type()).isEqualTo(type)))
                .verify(PATIENCE);
    }
}
