package io.tributary.value;

/** Text without U+0000 and without lone surrogates; whoever builds one from untrusted input checks that. */
public record StringValue(String value) implements Value {

    @Override
    public ValueType type() {
        return ValueType.STRING;
    }
}
