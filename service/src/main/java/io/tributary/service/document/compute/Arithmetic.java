package io.tributary.service.document.compute;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;

/** Calculations with an integer and a double, which CEL itself refuses: they give a double, as those of operators do. */
enum Arithmetic {
    ADD("_+_", Double::sum),
    SUBTRACT("_-_", (one, other) -> one - other),
    MULTIPLY("_*_", (one, other) -> one * other),
    DIVIDE("_/_", (one, other) -> one / other);

    private final String function;
    private final DoubleBinaryOperator calculation;

    Arithmetic(String function, DoubleBinaryOperator calculation) {
        this.function = function;
        this.calculation = calculation;
    }

    static List<CelFunctionDecl> declarations() {
        return Arrays.stream(values())
                .map(each -> CelFunctionDecl.newFunctionDeclaration(
                        each.function,
                        CelOverloadDecl.newGlobalOverload(
                                each.integerFirst(), SimpleType.DOUBLE, SimpleType.INT, SimpleType.DOUBLE),
                        CelOverloadDecl.newGlobalOverload(
                                each.doubleFirst(), SimpleType.DOUBLE, SimpleType.DOUBLE, SimpleType.INT)))
                .toList();
    }

    static List<CelFunctionBinding> bindings() {
        return Arrays.stream(values())
                .flatMap(each -> Stream.of(
                        CelFunctionBinding.from(each.integerFirst(), Long.class, Double.class, each::calculate),
                        CelFunctionBinding.from(each.doubleFirst(), Double.class, Long.class, each::calculate)))
                .toList();
    }

    private String integerFirst() {
        return "tributary_" + name().toLowerCase(Locale.ROOT) + "_integer_double";
    }

    private String doubleFirst() {
        return "tributary_" + name().toLowerCase(Locale.ROOT) + "_double_integer";
    }

    private double calculate(Number one, Number other) {
        return calculation.applyAsDouble(one.doubleValue(), other.doubleValue());
    }
}
