package io.scrip.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfileBenchTest {
    @Test
    void cpuIsOfThreadsThatAreCalledAlikeAndWhatIsLeftIsTheJvms() {
        Map<String, JvmView.Cpu> before = Map.of("scrip-http-1", new JvmView.Cpu(1_000_000, 500_000));
        Map<String, JvmView.Cpu> after = Map.of(
                "scrip-http-1", new JvmView.Cpu(3_000_000, 1_500_000),
                "scrip-http-2", new JvmView.Cpu(2_000_000, 1_000_000),
                "scrip-notary", new JvmView.Cpu(1_000, 1_000),
                "JFR Periodic Tasks", new JvmView.Cpu(400_000, 500_000),
                "main", new JvmView.Cpu(100_000, 0));
        List<Figure> figures = ProfileBench.cpu("HTTP", before, after, 5_501_000, 1_000);
        assertEquals(
                List.of("other threads of Java", "scrip-http", "the JVM's own threads"),
                figures.stream().map(Figure::name).toList());
        assertEquals(
                List.of("HTTP: processor time of each kind of thread"),
                figures.stream().map(Figure::table).distinct().toList());
        assertEquals(0.5, figures.get(0).value());
        assertEquals("0.50 user, 0.00 system", figures.get(0).note(), "ticks are rounded up");
        assertEquals(4.0, figures.get(1).value());
        assertEquals("2.00 user, 2.00 system", figures.get(1).note());
        assertEquals(1.0, figures.get(2).value());
    }

    @Test
    void methodsAreOfThreadsThatAreCalledAlikeInPercentOfAllSamples() {
        Stacks running = new Stacks();
        running.add(List.of("scrip-http-1", "io.scrip.A.read"), 2);
        running.add(List.of("scrip-http-2", "io.scrip.A.read"), 1);
        running.add(List.of("scrip-notary", "io.scrip.A.read"), 1);
        List<Figure> figures = ProfileBench.methods("HTTP", running);
        assertEquals(
                List.of("scrip-http: A.read", "scrip-notary: A.read"),
                figures.stream().map(Figure::name).toList());
        assertEquals(75, figures.get(0).value());
        assertEquals(
                "HTTP: methods that were running, by thread", figures.get(0).table());
    }

    @Test
    void whatWasAllocatedIsBytesOfOneTransferWithTheirSumFirst() {
        Stacks allocated = new Stacks();
        allocated.add(List.of("scrip-http-1", "io.scrip.A.read", "new byte[]"), 300);
        allocated.add(List.of("scrip-http-1", "io.scrip.A.write", "new long[]"), 100);
        List<Figure> figures = ProfileBench.sites("HTTP", allocated, 10);
        assertEquals(
                List.of("everything", "new byte[] in A.read", "new long[] in A.write"),
                figures.stream().map(Figure::name).toList());
        assertEquals(
                List.of(40.0, 30.0, 10.0), figures.stream().map(Figure::value).toList());
        assertEquals(
                List.of("HTTP: allocated"),
                figures.stream().map(Figure::table).distinct().toList());
    }
}
