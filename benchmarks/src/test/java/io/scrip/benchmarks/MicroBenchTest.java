package io.scrip.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MicroBenchTest {
    @Test
    void methodStandsBesideTheNaiveOneThatIsCalledLikeIt() {
        List<String> others = List.of("naiveAnswer", "naiveRequest", "request");
        assertEquals("naiveAnswer", MicroBench.baseline("answer", others));
    }

    @Test
    void orBesideTheOneThatIsCalledLikeItAndMore() {
        assertEquals("appendBare", MicroBench.baseline("append", List.of("replay", "replayBare", "appendBare")));
        assertEquals("writeAMap", MicroBench.baseline("write", List.of("load", "loadAMap", "writeAMap")));
    }

    @Test
    void orBesideTheNaiveOneOfTheClass() {
        assertEquals("naive", MicroBench.baseline("core", List.of("naiveIdsOnly", "naive")));
        assertEquals("naiveIdsOnly", MicroBench.baseline("core", List.of("naiveIdsOnly")));
        assertNull(MicroBench.baseline("core", List.of("other")));
    }

    @Test
    void everyBenchmarkOfThisBuildIsBesideAnotherOrHasOneBeside() {
        List<MicroBench.Measured> measured = MicroBench.parts().stream()
                .map(part -> new MicroBench.Measured(part, 10, 0))
                .toList();
        List<String> rows = MicroBench.figures(measured).stream()
                .map(figure -> figure.name() + " | " + figure.ceilingName())
                .toList();
        assertEquals("""
                Codec.writeAndRead | naiveWriteAndRead
                Journal.append | appendBare
                Journal.replay | replayBare
                JsonPath.answer | naiveAnswer
                JsonPath.request | naiveRequest
                Leaf.hash | hashWithObjects
                Maps.findAccount, 10,000 accounts | findAccountInAHashMap
                Maps.rememberId, 65,536 remembered | rememberIdInAHashMap
                Maps.findAccount, 1,000,000 accounts | findAccountInAHashMap
                Maps.rememberId, 1,048,576 remembered | rememberIdInAHashMap
                Replay.replay | naiveReplay
                Snapshot.load, 100,000 accounts | loadAMap
                Snapshot.write, 100,000 accounts | writeAMap
                Transfer.core, 10,000 accounts | naive
                Transfer.naiveIdsOnly, 10,000 accounts | null
                Transfer.severalWaiting, 10,000 accounts | naive
                Transfer.core, 1,000,000 accounts | naive
                Transfer.naiveIdsOnly, 1,000,000 accounts | null
                Transfer.severalWaiting, 1,000,000 accounts | naive
                """, String.join("\n", rows) + "\n");
    }

    @Test
    void figureIsATimeWithItsPartOfTheBaselinesAndTheBytesOfBoth() {
        List<Figure> figures = MicroBench.figures(List.of(
                new MicroBench.Measured(new MicroBench.Part("io.scrip.JsonBenchmark.request", Map.of()), 50, 0.02),
                new MicroBench.Measured(
                        new MicroBench.Part("io.scrip.JsonBenchmark.naiveRequest", Map.of()), 200, 1_234)));
        assertEquals(
                List.of(Figure.of("", "Json.request", 50, "ns")
                        .beside("naiveRequest", 200)
                        .note("0.0 bytes each, naiveRequest 1,234 bytes")),
                figures);
        assertEquals(0.25, figures.get(0).ratio());
    }

    @Test
    void longTimesAreInMilliseconds() {
        Figure figure = MicroBench.figures(List.of(new MicroBench.Measured(
                        new MicroBench.Part("io.scrip.SnapshotBenchmark.load", Map.of("accounts", "1000")), 2.5e6, 5)))
                .get(0);
        assertEquals("Snapshot.load, 1,000 accounts", figure.name());
        assertEquals("2.50 ms", Figure.text(figure.value()) + " " + figure.unit());
        assertNull(figure.ceilingName());
    }
}
