package io.tributary.service.document.compute;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;

/**
 * A calculation with an integer and a double, which CEL itself refuses: it gives a double, as those of operators do.
 *
 * @param name tells it apart
 * @param function what CEL calls the operator
 */
record Arithmetic(String name, String function, DoubleBinaryOperator calculation) {

    private static final List<Arithmetic> ALL = List.of(
            new Arithmetic("add", "_+_", Double::sum),
            new Arithmetic("subtract", "_-_", (one, other) -> one - other),
            new Arithmetic("multiply", "_*_", (one, other) -> one * other),
            new Arithmetic("divide", "_/_", (one, other) -> one / other));

    static List<CelFunctionDecl> declarations() {
        return ALL.stream().map(Arithmetic::declaration).toList();
    }

    static List<CelFunctionBinding> bindings() {
        return ALL.stream().flatMap(Arithmetic::binding).toList();
    }

    private CelFunctionDecl declaration() {
        return CelFunctionDecl.newFunctionDeclaration(
                function,
                CelOverloadDecl.newGlobalOverload(integerFirst(), SimpleType.DOUBLE, SimpleType.INT, SimpleType.DOUBLE),
                CelOverloadDecl.newGlobalOverload(doubleFirst(), SimpleType.DOUBLE, SimpleType.DOUBLE, SimpleType.INT));
    }

    /** CEL asks for what never changes; the type of {@link #calculation} does not say that it has no state, but it has none. */
    @SuppressWarnings("Immutable")
    private Stream<CelFunctionBinding> binding() {
        return Stream.of(
                CelFunctionBinding.from(integerFirst(), Long.class, Double.class, this::calculate),
                CelFunctionBinding.from(doubleFirst(), Double.class, Long.class, this::calculate));
    }

    private String integerFirst() {
        return "tributary_" + name + "_integer_double";
    }

    private String doubleFirst() {
        return "tributary_" + name + "_double_integer";
    }

    private double calculate(Number one, Number other) {
        return calculation.applyAsDouble(one.doubleValue(), other.doubleValue());
    }
}
