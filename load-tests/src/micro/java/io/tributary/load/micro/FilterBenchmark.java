package io.tributary.load.micro;

import io.tributary.json.FilterJson;
import io.tributary.json.Limits;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.Documents;
import io.tributary.write.Filter;
import org.openjdk.jmh.annotations.Benchmark;

/** Testing a document with a filter of five conditions, all of which hold. */
public class FilterBenchmark extends ShortRuns {

    private static final String CONDITIONS = """
            {"n":{"lt":1000},"status":{"in":["open","paid"]},"customer.city":"London","tags":{"contains":"gift"},"total":{"gte":10}}""";

    private final DocumentState order = Order.of(200);
    private final Filter filter = FilterJson.read(CONDITIONS, Limits.DEFAULT);

    @Benchmark
    public boolean matches() {
        return Documents.matches(filter, order);
    }
}
