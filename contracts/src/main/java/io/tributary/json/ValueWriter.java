package io.tributary.json;

import io.tributary.name.CodePoints;
import io.tributary.value.ArrayValue;
import io.tributary.value.BooleanValue;
import io.tributary.value.BytesValue;
import io.tributary.value.DoubleValue;
import io.tributary.value.GeopointValue;
import io.tributary.value.IntegerValue;
import io.tributary.value.MapValue;
import io.tributary.value.ReferenceValue;
import io.tributary.value.StringValue;
import io.tributary.value.TimestampValue;
import io.tributary.value.Value;
import io.tributary.value.VectorValue;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/** Writes values in one {@link Form}. */
final class ValueWriter {

    /** The largest integer that a reader which knows only doubles keeps. */
    static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    private static final double STORED_PLAIN_BELOW = 1e16;
    private static final double STORED_PLAIN_FROM = 1e-6;

    private final JsonGenerator out;
    private final Form form;

    ValueWriter(JsonGenerator out, Form form) {
        this.out = out;
        this.form = form;
    }

    void value(Value value) {
        if (value instanceof StringValue string) {
            out.writeString(string.value());
        } else if (value instanceof IntegerValue integer) {
            integer(integer.value());
        } else if (value instanceof DoubleValue real) {
            real(real.value());
        } else if (value instanceof MapValue map) {
            map(map);
        } else if (value instanceof ArrayValue array) {
            array(array);
        } else if (value instanceof BooleanValue bool) {
            out.writeBoolean(bool.value());
        } else if (value instanceof TimestampValue timestamp) {
            typed("@timestamp", Timestamps.format(timestamp.value()));
        } else if (value instanceof BytesValue bytes) {
            typed("@bytes", Base64.getEncoder().encodeToString(bytes.toByteArray()));
        } else if (value instanceof ReferenceValue reference) {
            typed("@reference", reference.document().key());
        } else if (value instanceof GeopointValue point) {
            geopoint(point);
        } else if (value instanceof VectorValue vector) {
            vector(vector);
        } else {
            out.writeNull();
        }
    }

    void map(MapValue map) {
        boolean escape = needsEscape(map);
        if (escape) {
            out.writeStartObject();
            out.writeName(TypedValues.ESCAPE);
        }
        out.writeStartObject();
        for (var member : ordered(map).entrySet()) {
            out.writeName(member.getKey());
            value(member.getValue());
        }
        out.writeEndObject();
        if (escape) {
            out.writeEndObject();
        }
    }

    /** Whether {@code map} would be taken for a typed value. */
    static boolean needsEscape(MapValue map) {
        return map.members().size() == 1
                && map.members().keySet().iterator().next().startsWith("@");
    }

    private Map<String, Value> ordered(MapValue map) {
        if (form != Form.CANONICAL || map.members().size() < 2) {
            return map.members();
        }
        Map<String, Value> sorted = new TreeMap<>(CodePoints::compare);
        sorted.putAll(map.members());
        return sorted;
    }

    private void array(ArrayValue array) {
        out.writeStartArray();
        for (Value element : array.elements()) {
            value(element);
        }
        out.writeEndArray();
    }

    private void integer(long value) {
        if (form == Form.WIRE_LARGE_INTEGERS_AS_STRINGS && (value > MAX_SAFE_INTEGER || value < -MAX_SAFE_INTEGER)) {
            typed("@integer", Long.toString(value));
        } else {
            out.writeNumber(value);
        }
    }

    private void real(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            typed("@double", Double.toString(value));
        } else if (form == Form.STORED) {
            stored(value);
        } else {
            out.writeNumber(value);
        }
    }

    /**
     * Writes a double so that {@code jsonb}, whose numbers are decimals, gives it back as itself: it drops the sign of
     * zero, writes exponents out, and a number without a fraction comes back as an integer.
     */
    private void stored(double value) {
        double magnitude = Math.abs(value);
        if (Double.doubleToRawLongBits(value) == 0) {
            out.writeNumber("0.0");
        } else if (magnitude >= STORED_PLAIN_BELOW || magnitude < STORED_PLAIN_FROM) {
            typed("@double", Double.toString(value));
        } else {
            String plain = new BigDecimal(Double.toString(value)).toPlainString();
            out.writeNumber(plain.indexOf('.') < 0 ? plain + ".0" : plain);
        }
    }

    private void geopoint(GeopointValue point) {
        out.writeStartObject();
        out.writeObjectPropertyStart("@geopoint");
        out.writeName("latitude");
        real(point.latitude());
        out.writeName("longitude");
        real(point.longitude());
        out.writeEndObject();
        out.writeEndObject();
    }

    private void vector(VectorValue vector) {
        out.writeStartObject();
        out.writeArrayPropertyStart("@vector");
        for (int i = 0; i < vector.dimensions(); i++) {
            real(vector.get(i));
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private void typed(String key, String operand) {
        out.writeStartObject();
        out.writeStringProperty(key, operand);
        out.writeEndObject();
    }
}
