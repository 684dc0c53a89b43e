package io.tributary.service.document.filter;

import io.tributary.value.DoubleValue;
import io.tributary.value.IntegerValue;
import io.tributary.value.Value;
import io.tributary.write.Filter;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The remainder of a division, with the sign of the dividend as in SQL. A double counts by its value: {@code 4.0} has the
 * remainders of {@code 4}; what is no whole number has none.
 */
final class Remainder {

    private Remainder() {}

    static boolean holds(Filter.Mod mod, Value value) {
        return switch (value) {
            case IntegerValue(long dividend) -> dividend % mod.divisor() == mod.remainder();
            case DoubleValue(double dividend)
            when Double.isFinite(dividend) && dividend == Math.rint(dividend) ->
                new BigDecimal(dividend)
                        .toBigInteger()
                        .remainder(BigInteger.valueOf(mod.divisor()))
                        .equals(BigInteger.valueOf(mod.remainder()));
            default -> false;
        };
    }
}
