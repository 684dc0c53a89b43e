package io.tributary.service.store.postgres;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which PostgreSQL to use, version {@value PostgresSchema#MINIMUM_VERSION} or newer.
 *
 * @param url {@code r2dbc:postgresql://host:port/database}, with the driver's options for TLS if need be
 * @param username null when the URL has it
 * @param password null when the URL has it, or none is needed
 * @param schema holds the tables; created when it is not there
 */
public record PostgresSettings(
        String url, @Nullable String username, @Nullable String password, String schema) {

    private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
    private static final int DEFAULT_PORT = 5432;

    /** The options of the R2DBC URL that JDBC knows too, by the same name in lower case. */
    private static final List<String> TLS_OPTIONS =
            List.of("sslMode", "sslRootCert", "sslCert", "sslKey", "sslPassword");

    /** @throws IllegalArgumentException when the URL is no R2DBC URL of PostgreSQL or the schema no plain identifier */
    public PostgresSettings {
        checkUrl(url);
        checkSchema(schema);
    }

    /** @throws IllegalArgumentException when it is no R2DBC URL of a PostgreSQL server */
    public static void checkUrl(String url) {
        if (!url.matches("r2dbcs?:postgres(ql)?:.*")) {
            throw new IllegalArgumentException("tributary.postgres.url must begin with r2dbc:postgresql://");
        }
        if (!ConnectionFactoryOptions.parse(url).hasOption(ConnectionFactoryOptions.HOST)) {
            throw new IllegalArgumentException(
                    "tributary.postgres.url must name a host: r2dbc:postgresql://host/database");
        }
    }

    /** @throws IllegalArgumentException when it is no plain identifier */
    public static void checkSchema(String schema) {
        if (!SCHEMA.matcher(schema).matches()) {
            throw new IllegalArgumentException("tributary.postgres.schema must be a plain identifier in lower case: "
                    + "a letter or underscore, then up to 62 letters, digits or underscores");
        }
    }

    /** The driver's options: those of the URL, with user and password of their own taking precedence. */
    ConnectionFactoryOptions options() {
        ConnectionFactoryOptions.Builder options =
                ConnectionFactoryOptions.parse(url).mutate();
        if (username != null) {
            options.option(ConnectionFactoryOptions.USER, username);
        }
        if (password != null) {
            options.option(ConnectionFactoryOptions.PASSWORD, password);
        }
        return options.build();
    }

    /** The same database for JDBC, without user and password. */
    String jdbcUrl() {
        ConnectionFactoryOptions options = options();
        String tls = TLS_OPTIONS.stream()
                .map(name -> Map.entry(name.toLowerCase(Locale.ROOT), Option.valueOf(name)))
                .filter(option -> options.hasOption(option.getValue()))
                .map(option -> option.getKey() + "=" + options.getValue(option.getValue()))
                .collect(Collectors.joining("&"));
        return "jdbc:postgresql://" + address() + (tls.isEmpty() ? "" : "?" + tls);
    }

    /** The user and password, from wherever they were given. */
    Credentials credentials() {
        ConnectionFactoryOptions options = options();
        return new Credentials(
                Objects.toString(options.getValue(ConnectionFactoryOptions.USER), ""),
                Objects.toString(options.getValue(ConnectionFactoryOptions.PASSWORD), ""));
    }

    /** {@code host:port/database}. */
    public String address() {
        ConnectionFactoryOptions options = options();
        Object host = options.getRequiredValue(ConnectionFactoryOptions.HOST);
        Object port = options.hasOption(ConnectionFactoryOptions.PORT)
                ? options.getRequiredValue(ConnectionFactoryOptions.PORT)
                : DEFAULT_PORT;
        Object database = options.hasOption(ConnectionFactoryOptions.DATABASE)
                ? options.getRequiredValue(ConnectionFactoryOptions.DATABASE)
                : "";
        return host + ":" + port + "/" + database;
    }

    /** Without the password, which the URL may have too. */
    @Override
    public String toString() {
        return "PostgresSettings[" + address() + ", schema " + schema + "]";
    }

    record Credentials(String username, String password) {}
}
