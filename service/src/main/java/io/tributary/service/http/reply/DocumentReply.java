package io.tributary.service.http.reply;

import io.tributary.json.IntegerForm;
import io.tributary.json.Timestamps;
import io.tributary.json.ValueJson;
import io.tributary.name.DocumentName;
import io.tributary.name.FieldPath;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.DocumentState.Lifetime;
import io.tributary.service.http.request.EntityTags;
import io.tributary.service.query.Page;
import io.tributary.service.query.Projection;
import io.tributary.value.ArrayValue;
import io.tributary.value.IntegerValue;
import io.tributary.value.MapValue;
import io.tributary.value.StringValue;
import io.tributary.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** The response to a read: the documents with what is kept beside their data. */
public final class DocumentReply {

    private DocumentReply() {}

    /**
     * One existing document.
     *
     * @param fields the fields to give out, null for all
     */
    public static Reply of(DocumentState document, @Nullable List<FieldPath> fields, IntegerForm integers) {
        byte[] body = ValueJson.write(envelope(document, fields), integers);
        return Reply.of(200, MediaType.APPLICATION_JSON_VALUE, body)
                .with(HttpHeaders.ETAG, EntityTags.tag(document.version()));
    }

    /** The JSON of one existing document, with all fields. */
    public static byte[] json(DocumentState document, IntegerForm integers) {
        return ValueJson.write(envelope(document, null), integers);
    }

    /** A page of documents. */
    public static Reply of(Page page, @Nullable List<FieldPath> fields, IntegerForm integers) {
        List<Value> documents = new ArrayList<>(page.documents().size());
        page.documents().forEach(document -> documents.add(envelope(document, fields)));
        Map<String, Value> members = new LinkedHashMap<>();
        members.put("documents", new ArrayValue(documents));
        if (page.cursor() != null) {
            members.put("cursor", new StringValue(page.cursor()));
        }
        if (page.total() != null) {
            members.put("total", new IntegerValue(page.total()));
        }
        return Reply.of(200, MediaType.APPLICATION_JSON_VALUE, ValueJson.write(MapValue.of(members), integers));
    }

    /** Documents as of one moment, in the order given; of one that does not exist, that its version is 0. */
    public static Reply of(List<DocumentState> documents, @Nullable List<FieldPath> fields, IntegerForm integers) {
        List<Value> envelopes = new ArrayList<>(documents.size());
        documents.forEach(
                document -> envelopes.add(document.exists() ? envelope(document, fields) : missing(document.name())));
        return Reply.of(
                200,
                MediaType.APPLICATION_JSON_VALUE,
                ValueJson.write(MapValue.of(Map.of("documents", new ArrayValue(envelopes))), integers));
    }

    private static MapValue missing(DocumentName name) {
        Map<String, Value> members = new LinkedHashMap<>();
        members.put("document", new StringValue(name.path()));
        members.put("version", new IntegerValue(0));
        return MapValue.of(members);
    }

    private static StringValue time(Instant time) {
        return new StringValue(Timestamps.format(time));
    }

    private static MapValue envelope(DocumentState document, @Nullable List<FieldPath> fields) {
        MapValue data = Objects.requireNonNull(document.data());
        Lifetime lifetime = Objects.requireNonNull(document.lifetime());
        Map<String, Value> members = new LinkedHashMap<>();
        members.put("document", new StringValue(document.name().path()));
        members.put("version", new IntegerValue(document.version()));
        members.put("time", time(lifetime.time()));
        members.put("createdAt", time(lifetime.createdAt()));
        members.put("updatedAt", time(lifetime.updatedAt()));
        if (lifetime.createdBy() != null) {
            members.put("createdBy", new StringValue(lifetime.createdBy()));
        }
        if (lifetime.updatedBy() != null) {
            members.put("updatedBy", new StringValue(lifetime.updatedBy()));
        }
        members.put("data", fields == null ? data : Projection.of(data, fields));
        return MapValue.of(members);
    }
}
