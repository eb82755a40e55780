package io.scrip.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
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
}
