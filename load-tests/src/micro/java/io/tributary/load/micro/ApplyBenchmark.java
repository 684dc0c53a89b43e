package io.tributary.load.micro;

import io.tributary.service.document.DocumentLimits;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.Documents;
import io.tributary.service.document.Result;
import io.tributary.write.Write;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Making a document's next version from a write. */
public class ApplyBenchmark extends ShortRuns {

    @Param
    Update update = Update.INCREMENT;

    @Param({"200", "20000"})
    int bytes;

    private DocumentState order = Order.of(0);
    private Write write = update.write();

    @Setup
    public void prepare() {
        order = Order.of(bytes);
        write = update.write();
    }

    @Benchmark
    public Result apply() {
        return Documents.apply(order, write, Order.NOW, null, DocumentLimits.DEFAULT);
    }
}
