package io.tributary.service.http.request;

import io.tributary.change.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Which media types a request brings and takes. */
public final class MediaTypes {

    public static final String JSON = MediaType.APPLICATION_JSON_VALUE;
    public static final String NDJSON = MediaType.APPLICATION_NDJSON_VALUE;
    public static final String EVENT_STREAM = MediaType.TEXT_EVENT_STREAM_VALUE;
    public static final String MERGE_PATCH = "application/merge-patch+json";
    public static final String JSON_PATCH = "application/json-patch+json";

    private MediaTypes() {}

    /**
     * The media type of the body, one of {@code accepted}, without parameters. Its charset can only be UTF-8.
     *
     * @param announcedIn the header in which a refusal names what is accepted
     * @throws Refusal {@code unsupported-media-type} for any other, and when the request has none
     */
    public static String ofBody(HttpHeaders headers, List<String> accepted, String announcedIn) {
        if (headers.containsHeader(HttpHeaders.CONTENT_ENCODING)) {
            throw Refusal.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "a body with a Content-Encoding is not supported")
                    .with(HttpHeaders.ACCEPT_ENCODING, "identity");
        }
        String given = headers.getFirst(HttpHeaders.CONTENT_TYPE);
        for (String type : accepted) {
            if (given != null && (given.equals(type) || isUtf8(given, type))) {
                return type;
            }
        }
        throw Refusal.of(
                        ProblemType.UNSUPPORTED_MEDIA_TYPE,
                        "the body needs a Content-Type, which is one of: " + String.join(", ", accepted))
                .with(announcedIn, String.join(", ", accepted));
    }

    /**
     * Checks that the caller takes JSON.
     *
     * @throws Refusal {@code not-acceptable} when {@code Accept} leaves it out
     */
    public static void requireJsonAccepted(HttpHeaders headers) {
        requireAccepted(headers, JSON);
    }

    /**
     * Checks that the caller takes {@code type}.
     *
     * @throws Refusal {@code not-acceptable} when {@code Accept} leaves it out
     */
    public static void requireAccepted(HttpHeaders headers, String type) {
        String accept = headers.getFirst(HttpHeaders.ACCEPT);
        if (accept == null || accept.equals("*/*") || accept.equals(type)) {
            return;
        }
        if (!accepts(headers, MediaType.parseMediaType(type))) {
            throw Refusal.of(ProblemType.NOT_ACCEPTABLE, "this resource answers with " + type + " only");
        }
    }

    /**
     * Whether the caller names server-sent events, and would not rather have JSON.
     *
     * @throws Refusal {@code malformed} when {@code Accept} is no list of media ranges
     */
    public static boolean prefersEvents(HttpHeaders headers) {
        String accept = headers.getFirst(HttpHeaders.ACCEPT);
        if (accept == null || !accept.contains(EVENT_STREAM)) {
            return false;
        }
        return accept.equals(EVENT_STREAM)
                || quality(headers, MediaType.TEXT_EVENT_STREAM) > quality(headers, MediaType.APPLICATION_JSON);
    }

    private static boolean isUtf8(String given, String type) {
        try {
            MediaType parsed = MediaType.parseMediaType(given);
            return parsed.equalsTypeAndSubtype(MediaType.parseMediaType(type))
                    && (parsed.getCharset() == null || parsed.getCharset().equals(StandardCharsets.UTF_8));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    private static boolean accepts(HttpHeaders headers, MediaType type) {
        return quality(headers, type) > 0;
    }

    /** The most specific range decides (RFC 9110, section 12.5.1). */
    private static double quality(HttpHeaders headers, MediaType type) {
        try {
            return headers.getAccept().stream()
                    .filter(range -> range.includes(type))
                    .max(Comparator.comparingInt(MediaTypes::specificity))
                    .map(MediaType::getQualityValue)
                    .orElse(0.0);
        } catch (InvalidMediaTypeException e) {
            throw Refusal.of(ProblemType.MALFORMED, "the Accept header is not a list of media ranges");
        }
    }

    private static int specificity(MediaType range) {
        return range.isWildcardType() ? 0 : range.isWildcardSubtype() ? 1 : 2;
    }
}
