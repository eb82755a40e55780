package io.scrip.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class BenchCommandTest {
    private static final Figure MET =
            Figure.of("P3", "speed", 80, "requests/s").beside("bare", 100).ratioAtLeast(0.7);
    private static final Figure MISSED =
            Figure.of("P8", "p99", 3, "ms").atMost(2).note("busy");
    private static final Figure SKIPPED = Figure.skipped("P3", "peer", "not here");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<BenchOptions> given = new ArrayList<>();
    private final List<String> isolated = new ArrayList<>();

    /** Knows its figures already, or cannot run. */
    private final class Fake implements Bench {
        private final String name;
        private final List<Figure> figures;
        private boolean inAll = true;

        Fake(String name, Figure... figures) {
            this.name = name;
            this.figures = List.of(figures);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String about() {
            return "of no use";
        }

        @Override
        public List<Figure> run(BenchOptions options, Progress progress) throws IOException {
            given.add(options);
            progress.step("working");
            if (name.equals("buggy")) {
                throw new CompletionException(new IllegalStateException("refused: CLOSED"));
            }
            if (figures.isEmpty()) {
                throw new IOException("no ground to stand on");
            }
            return figures;
        }

        @Override
        public boolean isInAll() {
            return inAll;
        }

        Fake onlyByName() {
            inAll = false;
            return this;
        }
    }

    private int run(String arguments) {
        List<Bench> benches = List.of(
                new Fake("fast", MET, MISSED),
                new Fake("peer", SKIPPED),
                new Fake("broken"),
                new Fake("buggy"),
                new Fake(
                                "lengthy",
                                Figure.of("", "micro", 1, "ns"),
                                Figure.of("", "bytes", 2, "bytes").note("few").in("more"))
                        .onlyByName(),
                new Fake(CountersBench.NAME, Figure.of("", "calls", 9, "calls").atMost(4)));
        List<String> words = new ArrayList<>(List.of(arguments.strip().split(" ")));
        if (!words.contains("--out")) {
            words.addAll(List.of("--out", folder.toString()));
        }
        return BenchCommand.run(
                benches,
                bench -> {
                    isolated.add(bench.name());
                    return bench;
                },
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                words.toArray(new String[0]));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            slow              | no subject "slow"; there are all, fast, peer, broken, buggy, lengthy, counters
            fast --seconds 0  | --seconds must be 1 to 3600, not 0
            fast --seconds x  | Invalid value for option '--seconds'
            fast --runs 0     | --runs must be 1 to 99, not 0
            fast --snapshots maybe | --snapshots must be on or off
            fast --accounts 10 | --accounts must be 1000 to 20000000, not 10
            fast --accounts many | Invalid value for option '--accounts'
            fast --json /nowhere/at/all.json | --json names no file that can be written: /nowhere/at/all.json
            fast --markdown . | --markdown names no file that can be written: .
            fast --out pom.xml | --out names no folder that can be made: pom.xml
            fast --now        | Unknown option: '--now'
            """)
    void badArgumentsAreRefusedInOneLine(String arguments, String why) {
        assertEquals(2, run(arguments));
        assertTrue(err.toString().contains(why), err.toString());
        assertEquals(1, err.toString().strip().lines().count());
        assertTrue(given.isEmpty());
    }

    @Test
    void tableHasFigureCeilingRatioTargetAndVerdict() {
        assertEquals(0, run("fast peer --seconds 3 --runs 2 --snapshots off"));
        assertEquals(new BenchOptions(3, 2, false, folder), given.get(0));
        String text = out.toString();
        assertTrue(text.matches("(?s).*P3 +speed +80 requests/s +bare 100 +0\\.80 +≥ 0\\.70 × bare +met.*"), text);
        assertTrue(text.matches("(?s).*P8 +p99 +3 ms +≤ 2 ms +missed by 50 %.*busy.*"), text);
        assertTrue(text.contains("skipped: not here"), text);
        assertTrue(text.contains("1 targets met, 1 missed, 1 skipped"), text);
        assertTrue(text.contains("load average at the start"), text);
        assertTrue(err.toString().contains("scrip: bench fast: working"), err.toString());
    }

    @Test
    void numbersOfAccountsAreHandedOnRisingAndOnce() {
        assertEquals(0, run("fast --accounts 1000000,10000,10000"));
        assertEquals(List.of(10_000, 1_000_000), given.get(0).accounts());
        assertEquals(List.of(10_000, 1_000_000), given.get(0).accountsOr(List.of(7)));
        assertEquals(0, run("fast"));
        assertEquals(List.of(7), given.get(1).accountsOr(List.of(7)));
    }

    @Test
    void lastTableHasEveryTargetAlsoThoseNobodyMeasured() {
        assertEquals(0, run("fast peer"));
        String last = out.toString().substring(out.toString().indexOf("\ntargets\n"));
        assertTrue(last.matches("(?s).*P3 +speed +80 requests/s +0\\.80 +≥ 0\\.70 × bare +met\\n.*"), last);
        assertTrue(last.matches("(?s).*P3 +peer +– +skipped\\n.*"), last);
        assertTrue(last.matches("(?s).*P8 +p99 +3 ms +≤ 2 ms +missed by 50 %\\n.*"), last);
        assertTrue(last.matches("(?s).*\nP9 +not measured: scrip bench ws +–\n.*"), last);
        assertEquals(
                List.of("P1", "P2", "P3", "P3", "P4", "P5", "P6", "P7", "P8", "P9"),
                last.lines()
                        .filter(line -> line.matches("P\\d .*"))
                        .map(line -> line.substring(0, 2))
                        .toList());
    }

    @Test
    void oneSubjectAloneHasNoLastTableAndNoProcessOfItsOwn() {
        assertEquals(0, run("fast"));
        assertFalse(out.toString().contains("\ntargets\n"), out.toString());
        assertEquals(List.of(), isolated);
        assertEquals(0, run("fast peer"));
        assertEquals(List.of("fast", "peer"), isolated);
    }

    @Test
    void allLeavesOutWhatMustBeAskedForByName() {
        assertEquals(1, run("all"));
        assertEquals(List.of("fast", "peer", "broken", "buggy", CountersBench.NAME), isolated);
        assertEquals(0, run("lengthy"));
        assertEquals(0, run("--list"));
        assertTrue(out.toString().contains("fast       of no use\n"), out.toString());
        assertTrue(out.toString().contains("lengthy    of no use (not in all)\n"), out.toString());
    }

    @Test
    void markdownHasTargetsThenEverySubject() throws IOException {
        Path file = folder.resolve("figures.md");
        assertEquals(0, run("fast peer --markdown " + file));
        String text = Files.readString(file);
        assertTrue(text.contains("* commit: "), text);
        assertTrue(text.contains("| P3 | speed | 80 requests/s | bare 100 | 0.80 | ≥ 0.70 × bare | met |\n"), text);
        assertTrue(text.contains("| P1 | not measured: scrip bench binary | – | | | | |\n"), text);
        assertTrue(text.matches("(?s).*\n`fast` \\(\\d+ s, load average .*"), text);
        assertTrue(text.contains("| p99 | 3 ms | | | ≤ 2 ms: missed by 50 % | busy |\n"), text);
        for (String line : text.lines().filter(line -> line.startsWith("|")).toList()) {
            assertTrue(line.endsWith(" |"), line);
        }
    }

    @Test
    void markdownOfOneSubjectHasOnlyItsTablesWithoutEmptyColumns() throws IOException {
        Path file = folder.resolve("figures.md");
        assertEquals(0, run("lengthy --markdown " + file));
        String text = Files.readString(file);
        assertTrue(text.endsWith("""
                        | figure | measured |
                        | --- | --- |
                        | micro | 1 ns |

                        **more**

                        | figure | measured | note |
                        | --- | --- | --- |
                        | bytes | 2 bytes | few |
                        """), text);
        assertFalse(text.contains("not measured"), text);
        assertTrue(out.toString().matches("(?s).*\nmore\nid +figure.*bytes +2 bytes.*"), out.toString());
    }

    @Test
    void whatAnotherProcessHasMeasuredComesBackAsItWas() throws IOException {
        Path file = folder.resolve("figures.json");
        assertEquals(0, run("fast peer lengthy --json " + file));
        List<Figure> back = BenchReport.figures(JsonMapper.shared().readTree(Files.readString(file)));
        assertEquals(List.of(MET, MISSED, SKIPPED), back.subList(0, 3));
        assertEquals(
                List.of("", "more"), back.stream().skip(3).map(Figure::table).toList());
    }

    @Test
    void jsonHasConditionsAndEveryFigure() throws IOException {
        Path file = folder.resolve("figures.json");
        assertEquals(0, run("fast peer --json " + file));
        JsonNode json = JsonMapper.shared().readTree(Files.readString(file));
        assertFalse(json.get("conditions").get("commit").asString().isEmpty());
        JsonNode first = json.get("figures").get(0);
        assertEquals("fast", first.get("subject").asString());
        assertEquals("P3", first.get("id").asString());
        assertEquals(80, first.get("value").asDouble());
        assertEquals("bare", first.get("ceiling_name").asString());
        assertEquals(0.8, first.get("ratio").asDouble());
        assertTrue(first.get("met").asBoolean());
        JsonNode skipped = json.get("figures").get(2);
        assertTrue(skipped.get("value").isNull()
                && skipped.get("met").isNull()
                && skipped.get("ratio").isNull());
        assertEquals(3, json.get("figures").size());
    }

    @Test
    void jsonOnStdoutIsAlone() {
        assertEquals(0, run("fast --json -"));
        assertEquals(
                2, JsonMapper.shared().readTree(out.toString()).get("figures").size());
    }

    @Test
    void subjectThatCannotRunIsNamedAfterTheOthers() throws IOException {
        Path file = folder.resolve("figures.json");
        assertEquals(1, run("broken buggy fast --json " + file));
        assertTrue(out.toString().contains("skipped: no ground to stand on"), out.toString());
        assertTrue(out.toString().contains("skipped: refused: CLOSED"), out.toString());
        assertTrue(out.toString().contains("speed"), out.toString());
        assertTrue(err.toString().contains("scrip: could not be measured: broken, buggy"), err.toString());
        JsonNode subjects = JsonMapper.shared().readTree(Files.readString(file)).get("subjects");
        assertTrue(subjects.get(0).get("broken").asBoolean());
        assertFalse(subjects.get(2).get("broken").asBoolean());
    }

    @Test
    void countersAboveTheirBoundsFail() {
        assertEquals(1, run("counters"));
        assertTrue(
                err.toString().contains("more than the recorded bound: calls 9 calls, target ≤ 4 calls"),
                err.toString());
    }

    @Test
    void everySubjectOfThisBuildHasANameOfItsOwn() {
        List<String> names = Subjects.all().stream().map(Bench::name).toList();
        assertEquals(names.stream().distinct().toList(), names);
        assertTrue(names.stream().allMatch(name -> name.matches("[a-z]+")), names.toString());
        assertTrue(Subjects.all().stream().allMatch(bench -> bench.about().length() < 100));
    }
}
