package io.tributary.service.document.patch;

import io.tributary.value.Value;
import io.tributary.write.Operator;
import org.jspecify.annotations.Nullable;

/** The rules by which operators treat missing fields, other types and overflow. A protocol may bring its own. */
public interface Dialect {

    /** The rules of Tributary's own interface. */
    Dialect NATIVE = new NativeDialect();

    /**
     * What becomes of the field at the operator's {@link Operator#path() path}.
     *
     * @param stored its value, null when it is missing
     */
    Made make(Operator operator, @Nullable Value stored, Occasion occasion);
}
