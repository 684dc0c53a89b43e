package io.tributary.service.http.server;

import io.tributary.change.ProblemType;
import io.tributary.service.http.request.Refusal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;

/** Lets the pages of other origins call, as far as the settings allow. Without allowed origins it does nothing. */
public final class OriginFilter extends CorsWebFilter implements Ordered {

    private static final List<String> EXPOSED = List.of(
            "ETag",
            "Location",
            "Allow",
            "Accept-Patch",
            "Accept-Post",
            "Retry-After",
            "Preference-Applied",
            "Idempotency-Replayed",
            "Tributary-Version");

    public OriginFilter(HttpSettings.Cors settings) {
        super(exchange -> configuration(settings), new Processor());
    }

    /** Before authentication: a preflight request carries no credentials. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 10;
    }

    private static @Nullable CorsConfiguration configuration(HttpSettings.Cors settings) {
        if (settings.allowedOrigins().isEmpty()) {
            return null;
        }
        CorsConfiguration configuration = new CorsConfiguration();
        configuration.setAllowedOrigins(settings.allowedOrigins());
        configuration.setAllowedMethods(List.of("GET", "HEAD", "PUT", "PATCH", "DELETE", "POST"));
        configuration.setAllowedHeaders(List.of(CorsConfiguration.ALL));
        configuration.setExposedHeaders(EXPOSED);
        configuration.setMaxAge(Duration.ofHours(1));
        return configuration;
    }

    private static final class Processor extends DefaultCorsProcessor {

        @Override
        protected void rejectRequest(ServerHttpResponse response) {
            throw Refusal.of(ProblemType.FORBIDDEN, "this origin, method or header is not allowed across origins");
        }
    }
}
