package io.tributary.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class BarChartTest {

    @Test
    void drawsBarsInProportionToTheLongest() {
        String svg =
                new BarChart("t", List.of(new BarChart.Bar("a", 500, true), new BarChart.Bar("b", 1_000, false))).svg();

        assertThat(svg).contains("width=\"180.0\"", "width=\"360.0\"");
    }

    @Test
    void isWellFormedWhateverTheLabelsSay() throws Exception {
        String svg = new BarChart("a < b & c", List.of(new BarChart.Bar("<x>", 0, false))).svg();

        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));

        assertThat(document.getDocumentElement().getTextContent()).contains("a < b & c", "<x>", "0.0");
    }
}
