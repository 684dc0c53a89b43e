package io.tributary.value;

/**
 * A point on the globe.
 *
 * @param latitude degrees, −90 to 90
 * @param longitude degrees, −180 to 180
 */
public record GeopointValue(double latitude, double longitude) implements Value {

    /** @throws IllegalArgumentException when a coordinate is not finite or out of its range */
    public GeopointValue {
        if (!(Math.abs(latitude) <= 90)) {
            throw new IllegalArgumentException("a latitude lies between -90 and 90");
        }
        if (!(Math.abs(longitude) <= 180)) {
            throw new IllegalArgumentException("a longitude lies between -180 and 180");
        }
    }

    @Override
    public ValueType type() {
        return ValueType.GEOPOINT;
    }
}
