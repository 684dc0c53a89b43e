package io.tributary.json;

import static io.tributary.json.Refusal.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.ProblemException;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever arrives, it is a write or a problem; each case is a seed, which names the failing test. */
class MutilationTest {

    private static final List<String> WRITES =
            GoldenFile.lines("writes-valid.ndjson").toList();
    private static final byte[] AWKWARD = utf8("{}[]\":,@-.eE0919\\u`~/\0\u001fé🙂 ");

    static LongStream seeds() {
        return new Random().longs(50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aMutilatedWriteIsAWriteOrAProblem(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            byte[] json = mutilated(utf8(WRITES.get(random.nextInt(WRITES.size()))), random);
            try {
                var write = WriteJson.readRecord(json, "a/b", Limits.DEFAULT);
                assertThat(WriteJson.fingerprint(WriteJson.readRecord(WriteJson.write(write), null, Limits.DEFAULT)))
                        .isEqualTo(WriteJson.fingerprint(write));
            } catch (ProblemException e) {
                assertThat(ProblemJson.read(ProblemJson.write(e.problem())).type())
                        .isEqualTo(e.problem().type());
            }
        }
    }

    private static byte[] mutilated(byte[] json, Random random) {
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(json.length);
            json[at] =
                    random.nextBoolean() ? AWKWARD[random.nextInt(AWKWARD.length)] : json[random.nextInt(json.length)];
        }
        return json;
    }
}
