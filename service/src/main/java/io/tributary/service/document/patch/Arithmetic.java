package io.tributary.service.document.patch;

import io.tributary.value.DoubleValue;
import io.tributary.value.IntegerValue;
import io.tributary.value.NumberValue;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/** Integers exactly or not at all; a double on either side gives a double, finite or not. */
final class Arithmetic {

    private Arithmetic() {}

    static Made add(NumberValue a, NumberValue b) {
        return combine(a, b, Math::addExact, Double::sum);
    }

    static Made multiply(NumberValue a, NumberValue b) {
        return combine(a, b, Math::multiplyExact, (x, y) -> x * y);
    }

    /** The zero of {@code number}'s kind. */
    static NumberValue zero(NumberValue number) {
        return number instanceof IntegerValue ? new IntegerValue(0) : new DoubleValue(0);
    }

    private static Made combine(NumberValue a, NumberValue b, LongBinaryOperator exact, DoubleBinaryOperator real) {
        if (a instanceof IntegerValue(long x) && b instanceof IntegerValue(long y)) {
            try {
                return new Made.Field(new IntegerValue(exact.applyAsLong(x, y)));
            } catch (ArithmeticException beyond64Bits) {
                return new Made.Overflow();
            }
        }
        return new Made.Field(new DoubleValue(real.applyAsDouble(real(a), real(b))));
    }

    private static double real(NumberValue number) {
        return switch (number) {
            case IntegerValue(long value) -> value;
            case DoubleValue(double value) -> value;
        };
    }
}
