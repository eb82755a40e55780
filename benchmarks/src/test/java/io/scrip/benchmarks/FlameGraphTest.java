package io.scrip.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class FlameGraphTest {
    private final Stacks stacks = new Stacks();

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    /** Title of each box, with its left edge, width and top. */
    private List<String> boxes() throws Exception {
        List<String> boxes = new ArrayList<>();
        NodeList groups =
                parsed(FlameGraph.svg("under load", "samples", stacks)).getElementsByTagName("g");
        for (int i = 0; i < groups.getLength(); i++) {
            Element group = (Element) groups.item(i);
            Element box = (Element) group.getElementsByTagName("rect").item(0);
            boxes.add(group.getElementsByTagName("title").item(0).getTextContent() + " at " + box.getAttribute("x")
                    + " " + box.getAttribute("y") + " wide " + box.getAttribute("width"));
        }
        return boxes;
    }

    @Test
    void boxIsAsWideAsItsWeightAndStandsOnItsCaller() throws Exception {
        stacks.add(List.of("http", "io.scrip.A.a"), 3);
        stacks.add(List.of("http", "io.scrip.B.b"), 1);
        stacks.add(List.of("pipeline"), 4);
        assertEquals(
                List.of(
                        "http: 4 samples, 50.0 % at 10.0 61 wide 589.5",
                        "io.scrip.A.a: 3 samples, 37.5 % at 10.0 44 wide 442.0",
                        "io.scrip.B.b: 1 samples, 12.5 % at 452.5 44 wide 147.0",
                        "pipeline: 4 samples, 50.0 % at 600.0 61 wide 589.5"),
                boxes());
    }

    @Test
    void whatIsTooNarrowToBeSeenIsLeftOutWithAllAboveIt() throws Exception {
        stacks.add(List.of("http"), 1_000_000);
        stacks.add(List.of("seldom", "io.scrip.A.a"), 1);
        assertEquals(1, boxes().size());
    }

    @Test
    void namesCannotBreakTheFile() throws Exception {
        stacks.add(List.of("<init> & \"more\""), 1);
        assertTrue(boxes().get(0).startsWith("<init> & \"more\": 1 samples, 100.0 %"), boxes().toString());
    }

    @Test
    void nothingSampledIsADrawingWithoutBoxes() throws Exception {
        assertEquals(List.of(), boxes());
        assertFalse(FlameGraph.svg("idle", "samples", stacks).contains("NaN"));
    }

    @Test
    void labelsAreClassAndMethodCutToTheirBox() {
        assertEquals("Accounts.find", FlameGraph.shortened("io.scrip.ledger.Accounts.find", 20));
        assertEquals("Accou..", FlameGraph.shortened("io.scrip.ledger.Accounts.find", 7));
        assertEquals("scrip-pipeline-1", FlameGraph.shortened("scrip-pipeline-1", 40));
        assertEquals("new byte[]", FlameGraph.shortened("new byte[]", 40));
        assertEquals("Map.Entry", FlameGraph.shortened("new java.util.Map.Entry", 40));
    }
}
