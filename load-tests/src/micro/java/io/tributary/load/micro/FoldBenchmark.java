package io.tributary.load.micro;

import io.tributary.name.DocumentName;
import io.tributary.service.document.DocumentLimits;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.Fold;
import io.tributary.service.document.Fold.Folded;
import io.tributary.write.Write;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/** A batch of writes to one hot document; the figure is for one of them. */
public class FoldBenchmark extends ShortRuns {

    private static final int WRITES = 50;

    @Param({"200", "20000"})
    int bytes;

    private Map<DocumentName, DocumentState> loaded = Map.of();
    private List<Write> writes = List.of();

    @Setup
    public void prepare() {
        loaded = Map.of(Order.NAME, Order.of(bytes));
        writes = IntStream.range(0, WRITES)
                .mapToObj(i -> Update.INCREMENT.write().withId("write-" + i))
                .toList();
    }

    @Benchmark
    @OperationsPerInvocation(WRITES)
    public List<Folded> fold(Blackhole outcomes) {
        var fold = new Fold(loaded, DocumentLimits.DEFAULT);
        for (Write write : writes) {
            outcomes.consume(fold.apply(write, Order.NOW, null));
        }
        return fold.changed();
    }
}
