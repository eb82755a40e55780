package io.scrip.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class LatencyPlotTest {
    @TempDir
    Path folder;

    private static Map<String, Histogram> series() {
        Histogram one = new Histogram(3_600_000_000_000L, 3);
        Histogram other = new Histogram(3_600_000_000_000L, 3);
        for (int i = 1; i <= 10_000; i++) {
            one.recordValue(i * 1_000L);
            other.recordValue(i * 50_000L);
        }
        Map<String, Histogram> series = new LinkedHashMap<>();
        series.put("ours & <theirs>", one);
        series.put("bare", other);
        return series;
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void drawingIsWellFormedAndStaysWithinItsFrame() throws Exception {
        Document svg = parsed(LatencyPlot.svg("a < b", series()));
        NodeList lines = svg.getElementsByTagName("polyline");
        assertEquals(2, lines.getLength());
        for (int i = 0; i < lines.getLength(); i++) {
            double lastX = 0;
            double lastY = Double.MAX_VALUE;
            for (String point :
                    ((Element) lines.item(i)).getAttribute("points").strip().split(" ")) {
                double x = Double.parseDouble(point.substring(0, point.indexOf(',')));
                double y = Double.parseDouble(point.substring(point.indexOf(',') + 1));
                assertTrue(x >= 80 && x <= 680 && y >= 50 && y <= 450, point);
                assertTrue(x >= lastX && y <= lastY, "latencies grow with the percentile: " + point);
                lastX = x;
                lastY = y;
            }
        }
        assertTrue(svg.getDocumentElement().getTextContent().contains("ours & <theirs>"));
    }

    @Test
    void drawingOfNothingIsWellFormed() throws Exception {
        assertEquals(
                0,
                parsed(LatencyPlot.svg("empty", Map.of()))
                        .getElementsByTagName("polyline")
                        .getLength());
        parsed(LatencyPlot.svg("no values", Map.of("none", new Histogram(1_000_000, 3))));
    }

    @Test
    void filesHaveAllPercentiles() throws Exception {
        LatencyPlot.write(folder, "load", "title", series());
        assertTrue(Files.exists(folder.resolve("load.svg")));
        String percentiles = Files.readString(folder.resolve("load-bare.hgrm"));
        assertTrue(percentiles.contains("Percentile") && percentiles.contains("#[Mean"), percentiles);
        assertTrue(Files.exists(folder.resolve("load-ours-theirs-.hgrm")));
    }
}
