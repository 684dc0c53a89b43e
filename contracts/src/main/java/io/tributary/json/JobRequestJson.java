package io.tributary.json;

import io.tributary.change.ProblemException;
import io.tributary.query.JobRequest;
import io.tributary.query.SchemaCheck;
import io.tributary.query.UpdateByQuery;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The requests of jobs as the service keeps them: an update by query as it came, any other in a member that names it. */
public final class JobRequestJson {

    private static final byte[] CHECK = "{\"check\":".getBytes(StandardCharsets.UTF_8);

    private JobRequestJson() {}

    /** Writes what {@link #readStored} reads back in the same database. */
    public static byte[] writeStored(JobRequest request) {
        if (request instanceof UpdateByQuery update) {
            return UpdateByQueryJson.write(update);
        }
        return JsonOutput.bytes(out -> {
            out.writeStartObject();
            JobWriter.request(out, request);
            out.writeEndObject();
        });
    }

    /**
     * Reads what {@link #writeStored} wrote, whatever the limits are.
     *
     * @throws ProblemException when {@code json} is anything else
     */
    public static JobRequest readStored(String database, byte[] json) {
        return isCheck(json)
                ? JsonText.read(json, Limits.TRUSTED, in -> {
                    SchemaCheck[] check = new SchemaCheck[1];
                    in.eachMember("a check, an object", name -> check[0] = SchemaCheckForm.read(in, database));
                    return check[0];
                })
                : UpdateByQueryJson.readStored(database, json);
    }

    private static boolean isCheck(byte[] json) {
        return json.length > CHECK.length && Arrays.equals(json, 0, CHECK.length, CHECK, 0, CHECK.length);
    }
}
