package io.tributary.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.change.ProblemException;
import io.tributary.name.DocumentName;
import io.tributary.query.Document;
import io.tributary.query.Page;
import io.tributary.value.MapValue;
import io.tributary.value.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentJsonTest {

    private static final String LAMP = """
            {"document":"products/lamp","version":7,"time":"2026-11-21T08:00:03Z","createdAt":"2026-11-21T08:00:01Z",\
            "updatedAt":"2026-11-21T08:00:02Z","createdBy":"ada","later":[1],"data":{"stock":3,"name":"Lamp"}}""";

    @Test
    void readsADocumentWithWhatIsKeptBesideIt() {
        Document lamp = DocumentJson.read("shop", utf8(LAMP));

        assertThat(lamp)
                .isEqualTo(new Document(
                        DocumentName.of("shop", "products/lamp"),
                        7,
                        new Document.Lifetime(
                                Instant.parse("2026-11-21T08:00:03Z"),
                                Instant.parse("2026-11-21T08:00:01Z"),
                                Instant.parse("2026-11-21T08:00:02Z"),
                                "ada",
                                null),
                        (MapValue) Value.of(Map.of("stock", 3, "name", "Lamp"))));
    }

    @Test
    void readsAPage() {
        Page page = DocumentJson.readPage(
                "shop",
                utf8("{\"documents\":[" + LAMP + ",{\"document\":\"products/none\",\"version\":0}],"
                        + "\"cursor\":\"c1\",\"total\":9}"));

        assertThat(page.documents()).extracting(Document::exists).containsExactly(true, false);
        assertThat(page.cursor()).isEqualTo("c1");
        assertThat(page.total()).isEqualTo(9);
    }

    @Test
    void refusesWhatIsNoDocument() {
        assertThatThrownBy(() -> DocumentJson.read("shop", utf8("{}"))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> DocumentJson.read("shop", utf8("{\"document\":\"a/b\",\"version\":1,\"data\":{}}")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("createdAt");
    }

    @Test
    void givesFieldsOutByTheirTypes() {
        Document lamp = DocumentJson.read("shop", utf8(LAMP));

        assertThat(lamp.integer("stock")).isEqualTo(3);
        assertThat(lamp.string("name")).isEqualTo("Lamp");
        assertThat(lamp.value("color")).isNull();
        assertThatThrownBy(() -> lamp.integer("name"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("name of shop/products/lamp is of type string, not an integer");
        assertThatThrownBy(() -> lamp.string("color"))
                .hasMessage("color of shop/products/lamp is missing, not a string");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
