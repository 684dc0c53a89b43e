package io.tributary.load.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Horizontal bars as an SVG document.
 *
 * @param title says what the bars measure, with the unit
 * @param bars from top to bottom
 */
record BarChart(String title, List<Bar> bars) {

    private static final int WIDTH = 760;
    private static final int LABELS = 300;
    private static final int LONGEST = 360;
    private static final int LINE = 24;
    private static final int HEAD = 44;

    /**
     * One bar.
     *
     * @param value 0 or more
     * @param isOfSubject whether it stands out
     */
    record Bar(String label, double value, boolean isOfSubject) {}

    String svg() {
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" font-family="sans-serif" font-size="13">
                <rect width="100%%" height="100%%" fill="#fff"/>
                <text x="12" y="24" font-size="15" font-weight="bold">%3$s</text>
                """, WIDTH, HEAD + LINE * bars.size() + 12, escaped(title)));
        double most = bars.stream().mapToDouble(Bar::value).max().orElse(0);
        IntStream.range(0, bars.size()).forEach(i -> svg.append(drawn(bars.get(i), HEAD + LINE * i, most)));
        return svg.append("</svg>\n").toString();
    }

    private static String drawn(Bar bar, int top, double most) {
        double length = most == 0 ? 0 : bar.value() / most * LONGEST;
        return String.format(
                Locale.ROOT,
                """
                <text x="%d" y="%d" text-anchor="end">%s</text>
                <rect x="%d" y="%d" width="%.1f" height="%d" fill="%s"/>
                <text x="%.1f" y="%d">%s</text>
                """,
                LABELS - 8,
                top + 15,
                escaped(bar.label()),
                LABELS,
                top + 2,
                length,
                LINE - 6,
                bar.isOfSubject() ? "#1f6feb" : "#8c959f",
                LABELS + length + 6,
                top + 15,
                String.format(Locale.ROOT, bar.value() < 100 ? "%.1f" : "%,.0f", bar.value()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
