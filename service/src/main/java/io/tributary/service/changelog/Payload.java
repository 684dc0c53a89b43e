package io.tributary.service.changelog;

import io.tributary.change.Change;
import io.tributary.json.ProblemJson;
import io.tributary.name.DocumentName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The binary form in which the store keeps a turn's publications. */
public final class Payload {

    private static final byte FORMAT = 1;
    private static final byte CHANGE = 1;
    private static final byte REJECTION = 2;
    private static final byte REPLY = 3;
    private static final int ANY_PARTITION = -1;
    private static final byte[] EMPTY = {};

    private Payload() {}

    /** Loads what packs payloads, from files: for a thread that may block, before others write. */
    static void prepare() {
        Packing.pack(EMPTY);
    }

    /** The bytes of all publications, none for none. */
    public static byte[] write(List<Publication> publications) {
        if (publications.isEmpty()) {
            return EMPTY;
        }
        var bytes = new ByteArrayOutputStream(
                publications.stream().mapToInt(Publication::bytes).sum());
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            for (Publication publication : publications) {
                switch (publication) {
                    case Publication.ChangeRecord change -> write(out, change);
                    case Publication.Rejection rejection -> write(out, rejection);
                    case Publication.Reply reply -> write(out, reply);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Packing.pack(bytes.toByteArray());
    }

    /**
     * Reads what {@link #write} made.
     *
     * @throws IllegalArgumentException when a later version of the service wrote a form that this one does not know
     */
    public static List<Publication> read(byte[] payload) {
        List<Publication> publications = new ArrayList<>();
        if (payload.length == 0) {
            return publications;
        }
        try (var in = new DataInputStream(new ByteArrayInputStream(Packing.unpack(payload)))) {
            expectKnown(in.readByte() == FORMAT);
            while (in.available() > 0) {
                publications.add(readOne(in, in.readByte()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return publications;
    }

    private static Publication readOne(DataInputStream in, byte kind) throws IOException {
        expectKnown(kind == CHANGE || kind == REJECTION || kind == REPLY);
        return switch (kind) {
            case CHANGE -> readChange(in);
            case REJECTION -> readRejection(in);
            default -> readReply(in);
        };
    }

    private static void expectKnown(boolean known) {
        if (!known) {
            throw new IllegalArgumentException("a turn's payload has a form that this version does not know");
        }
    }

    private static void write(DataOutputStream out, Publication.ChangeRecord change) throws IOException {
        out.writeByte(CHANGE);
        writeText(out, change.document().key());
        out.writeLong(change.version());
        out.writeByte(change.kind().ordinal());
        out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, change.time()));
        out.writeLong(change.sequence());
        writeBytes(out, bytes(change.traceparent()));
        writeBytes(out, change.json());
    }

    private static Publication readChange(DataInputStream in) throws IOException {
        DocumentName document = DocumentName.ofKey(readText(in));
        long version = in.readLong();
        Change.Kind kind = Change.Kind.values()[in.readByte()];
        Instant time = Instant.EPOCH.plus(in.readLong(), ChronoUnit.MICROS);
        long sequence = in.readLong();
        byte[] traceparent = readBytes(in);
        return new Publication.ChangeRecord(
                document, version, kind, time, sequence, text(traceparent), present(readBytes(in)));
    }

    private static void write(DataOutputStream out, Publication.Reply reply) throws IOException {
        out.writeByte(REPLY);
        write(out, reply.source());
        write(out, reply.to());
        writeBytes(out, reply.key());
        writeBytes(out, bytes(reply.id()));
        out.writeInt(reply.content().status());
        writeBytes(out, reply.content().body());
        out.writeBoolean(reply.content().replayed());
    }

    private static Publication readReply(DataInputStream in) throws IOException {
        Publication.Source source = readSource(in);
        Publication.Address to = readAddress(in);
        byte[] key = readBytes(in);
        byte[] id = readBytes(in);
        var content = new Publication.Reply.Content(in.readInt(), present(readBytes(in)), in.readBoolean());
        return new Publication.Reply(to, key, text(id), content, source);
    }

    private static void write(DataOutputStream out, Publication.Address address) throws IOException {
        writeText(out, address.topic());
        out.writeInt(address.partition() == null ? ANY_PARTITION : address.partition());
        writeBytes(out, bytes(address.correlationId()));
    }

    private static Publication.Address readAddress(DataInputStream in) throws IOException {
        String topic = readText(in);
        int partition = in.readInt();
        return new Publication.Address(topic, partition == ANY_PARTITION ? null : partition, text(readBytes(in)));
    }

    private static void write(DataOutputStream out, Publication.Source source) throws IOException {
        writeText(out, source.topic());
        out.writeInt(source.partition());
        out.writeLong(source.offset());
    }

    private static Publication.Source readSource(DataInputStream in) throws IOException {
        return new Publication.Source(readText(in), in.readInt(), in.readLong());
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private static void write(DataOutputStream out, Publication.Rejection rejection) throws IOException {
        out.writeByte(REJECTION);
        write(out, rejection.source());
        writeBytes(out, ProblemJson.write(rejection.problem()));
        writeBytes(out, rejection.key());
        writeBytes(out, rejection.value());
        out.writeInt(rejection.headers().size());
        for (Publication.Header header : rejection.headers()) {
            writeText(out, header.name());
            writeBytes(out, header.value());
        }
    }

    private static Publication readRejection(DataInputStream in) throws IOException {
        Publication.Source source = readSource(in);
        var problem = ProblemJson.read(present(readBytes(in)));
        return new Publication.Rejection(readBytes(in), readBytes(in), readHeaders(in), problem, source);
    }

    private static List<Publication.Header> readHeaders(DataInputStream in) throws IOException {
        List<Publication.Header> headers = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            headers.add(new Publication.Header(readText(in), readBytes(in)));
        }
        return headers;
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(present(readBytes(in)), StandardCharsets.UTF_8);
    }

    private static void writeBytes(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static byte @Nullable [] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? null : in.readNBytes(length);
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] present(byte @Nullable [] bytes) {
        if (bytes == null) {
            throw new IllegalArgumentException("a turn's payload lacks a part");
        }
        return bytes;
    }
}
