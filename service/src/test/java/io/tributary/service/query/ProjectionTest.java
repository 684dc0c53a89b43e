package io.tributary.service.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.json.FieldPaths;
import io.tributary.json.Limits;
import io.tributary.json.ValueJson;
import io.tributary.value.MapValue;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a|{\"a\":1}",
                "b.c|{\"b\":{\"c\":2}}",
                "b.c,b.d|{\"b\":{\"c\":2,\"d\":3}}",
                "b,b.c|{\"b\":{\"c\":2,\"d\":3}}",
                "b.c,b|{\"b\":{\"c\":2,\"d\":3}}",
                "missing|{}",
                "a.inside|{}",
                "`e,f`|{\"e,f\":null}",
            })
    void keepsWhatTheFieldsLeadTo(String fields, String expected) {
        MapValue data = read("{\"a\":1,\"b\":{\"c\":2,\"d\":3},\"e,f\":null}");

        assertThat(Projection.of(data, FieldPaths.readList(fields))).isEqualTo(read(expected));
    }

    private static MapValue read(String json) {
        return ValueJson.readDocument(json.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT);
    }
}
