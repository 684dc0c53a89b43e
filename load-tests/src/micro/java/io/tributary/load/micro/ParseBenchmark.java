package io.tributary.load.micro;

import io.tributary.json.Limits;
import io.tributary.json.WriteJson;
import io.tributary.write.Write;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Reading the body of a {@code PATCH}. */
public class ParseBenchmark extends ShortRuns {

    @Param
    Update update = Update.INCREMENT;

    private byte[] body = {};

    @Setup
    public void prepare() {
        body = update.body();
    }

    @Benchmark
    public Write readUpdate() {
        return WriteJson.readUpdate(Order.NAME, body, Limits.DEFAULT);
    }
}
