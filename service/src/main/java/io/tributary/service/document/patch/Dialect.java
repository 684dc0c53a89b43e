package io.tributary.service.document.patch;

import io.tributary.value.MapValue;
import io.tributary.write.Operator;

/** The rules by which operators treat missing fields, other types and overflow. A protocol may bring its own. */
public interface Dialect {

    /** The rules of Tributary's own interface. */
    Dialect NATIVE = new NativeDialect();

    /**
     * What becomes of the field at the operator's {@link Operator#path() path}.
     *
     * @param before the data before the step
     */
    Made make(Operator operator, MapValue before, Occasion occasion);
}
