package io.tributary.load.micro;

import io.tributary.change.Change;
import io.tributary.json.ChangeJson;
import io.tributary.json.ValueJson;
import io.tributary.value.MapValue;
import io.tributary.write.Action;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** What PostgreSQL and the changelog keep: a document's data there and back, and the record of a change. */
public class CodecBenchmark extends ShortRuns {

    @Param({"200", "20000"})
    int bytes;

    private MapValue data = MapValue.EMPTY;
    private String stored = "{}";
    private Change change = change(data);

    @Setup
    public void prepare() {
        data = Objects.requireNonNull(Order.of(bytes).data());
        stored = new String(ValueJson.writeStored(data), StandardCharsets.UTF_8);
        change = change(data);
    }

    @Benchmark
    public byte[] writeStored() {
        return ValueJson.writeStored(data);
    }

    @Benchmark
    public MapValue readStored() {
        return ValueJson.readStored(stored);
    }

    @Benchmark
    public byte[] writeChange() {
        return ChangeJson.write(change);
    }

    private static Change change(MapValue after) {
        var origin = new Change.Origin("write-1", null, null, true);
        var patch = (Action.Patch) Update.INCREMENT.write().action();
        return new Change(
                Order.NAME,
                18,
                Change.Kind.UPDATE,
                Order.NOW,
                1_042,
                after,
                null,
                List.of("n"),
                List.of(),
                patch,
                origin);
    }
}
