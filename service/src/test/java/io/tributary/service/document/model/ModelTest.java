package io.tributary.service.document.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.name.DocumentName;
import io.tributary.name.FieldPath;
import io.tributary.service.document.DocumentLimits;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.Documents;
import io.tributary.service.document.Fold;
import io.tributary.service.document.Json;
import io.tributary.service.document.Result;
import io.tributary.value.MapValue;
import io.tributary.write.Action;
import io.tributary.write.Filter;
import io.tributary.write.Operator;
import io.tributary.write.Step;
import io.tributary.write.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The core against the model, on random cases. The seed is the tests' parameter; the last one is new in each run. */
class ModelTest {

    private static final int CASES = 2_000;
    private static final Instant TIME = Instant.parse("2026-11-21T08:00:00Z");

    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 2), LongStream.of(new Random().nextLong()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void updatesDoWhatTheModelDoes(long seed) {
        var cases = new RandomCases(seed);
        for (int i = 0; i < CASES; i++) {
            MapValue data = cases.map(3);
            Action.Update update = cases.update();

            Result result = Documents.apply(
                    stored(Json.NAME, data), Write.of(Json.NAME, update), TIME, null, DocumentLimits.DEFAULT);

            assertThat(text(result)).as("seed %d, %s on %s", seed, update, data).isEqualTo(expected(update, data));
        }
    }

    private static String text(Result result) {
        return switch (result) {
            case Result.Applied applied -> "applied " + Tree.ofMap(data(applied.after()));
            case Result.Unchanged _ -> "unchanged";
            case Result.Refused refused ->
                "refused " + refused.problems().getFirst().type();
        };
    }

    private static String expected(Action.Update update, MapValue data) {
        try {
            var after = (MapValue) Model.apply(update, data, TIME, false);
            return after.equals(data) ? "unchanged" : "applied " + Tree.ofMap(after);
        } catch (Model.Refusal refusal) {
            return "refused " + refusal.type();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatAnEffectTellsLeadsFromBeforeToAfter(long seed) {
        var cases = new RandomCases(seed);
        for (int i = 0; i < CASES; i++) {
            DocumentState before = stored(Json.NAME, cases.map(3));
            Write replace = Write.of(Json.NAME, new Action.Replace(cases.map(3)));

            var result = Documents.apply(before, replace, TIME, null, DocumentLimits.DEFAULT);

            if (result instanceof Result.Applied applied) {
                var replayed = Documents.apply(before, replay(applied), TIME, null, DocumentLimits.DEFAULT);
                assertThat(data(replayed.after())).as("seed %d", seed).isEqualTo(data(applied.after()));
            } else {
                assertThat(data(before)).as("seed %d", seed).isEqualTo(((Action.Replace) replace.action()).data());
            }
        }
    }

    private static Write replay(Result.Applied applied) {
        var operators = new ArrayList<Operator>();
        applied.effect()
                .changes()
                .forEach((path, value) -> operators.add(new Operator.Set(FieldPath.parse(path), value)));
        applied.effect().removed().forEach(path -> operators.add(new Operator.Unset(FieldPath.parse(path))));
        return Write.of(Json.NAME, new Action.Update(List.of(new Step(operators)), false));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void filtersHoldWhereTheModelSaysAndTheirOppositesElsewhere(long seed) {
        var cases = new RandomCases(seed);
        for (int i = 0; i < CASES; i++) {
            MapValue data = cases.map(3);
            Filter filter = cases.filter(3);

            boolean holds = Documents.matches(filter, stored(Json.NAME, data));

            assertThat(holds)
                    .as("seed %d, %s on %s", seed, filter, data)
                    .isEqualTo(ModelFilter.matches(filter, Tree.of(data)));
            assertThat(Documents.matches(new Filter.Not(filter), stored(Json.NAME, data)))
                    .as("seed %d, not %s on %s", seed, filter, data)
                    .isEqualTo(!holds);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void foldingWritesIsApplyingThemOneAfterAnother(long seed) {
        var cases = new RandomCases(seed);
        List<DocumentName> names = List.of(DocumentName.of("c/x"), DocumentName.of("c/y"), DocumentName.of("c/z"));
        for (int i = 0; i < CASES / 100; i++) {
            Map<DocumentName, DocumentState> loaded = Map.of(names.getFirst(), stored(names.getFirst(), cases.map(3)));
            var fold = new Fold(loaded, DocumentLimits.DEFAULT);
            var states = new HashMap<DocumentName, DocumentState>();
            names.forEach(name -> states.put(name, loaded.getOrDefault(name, DocumentState.missing(name))));
            for (int n = 0; n < 100; n++) {
                Write write = Write.of(cases.oneOf(names), action(cases));
                Instant time = TIME.plusSeconds(n);

                Result folded = fold.apply(write, time, "ann");

                Result alone =
                        Documents.apply(states.get(write.document()), write, time, "ann", DocumentLimits.DEFAULT);
                states.put(write.document(), alone.after());
                assertThat(folded).as("seed %d", seed).isEqualTo(alone);
            }
            assertThat(fold.changed())
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(states.values().stream()
                            .filter(state -> state.version() > version(loaded, state.name()))
                            .map(state -> new Fold.Folded(
                                    version(loaded, state.name()), isTombstone(loaded, state.name()), state))
                            .toList());
        }
    }

    private static Action action(RandomCases cases) {
        return switch (cases.upTo(9)) {
            case 0 -> new Action.Delete();
            case 1 -> new Action.Create(cases.map(2));
            case 2 -> new Action.Replace(cases.map(2));
            case 3 -> new Action.MergePatch(cases.map(3), true);
            default -> cases.update();
        };
    }

    private static long version(Map<DocumentName, DocumentState> loaded, DocumentName name) {
        return loaded.containsKey(name) ? loaded.get(name).version() : 0;
    }

    private static boolean isTombstone(Map<DocumentName, DocumentState> loaded, DocumentName name) {
        return loaded.containsKey(name) && loaded.get(name).isTombstone();
    }

    private static DocumentState stored(DocumentName name, MapValue data) {
        return new DocumentState(name, 1, data, new DocumentState.Lifetime(TIME, TIME, TIME, null, null));
    }

    private static MapValue data(DocumentState state) {
        return state.data() == null ? MapValue.EMPTY : state.data();
    }
}
