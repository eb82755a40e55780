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
                List.of(
                        "HTTP, CPU of other threads of Java",
                        "HTTP, CPU of scrip-http",
                        "HTTP, CPU of the JVM's own threads"),
                figures.stream().map(Figure::name).toList());
        assertEquals(0.5, figures.get(0).value());
        assertEquals("0.50 user, 0.00 system", figures.get(0).note(), "ticks are rounded up");
        assertEquals(4.0, figures.get(1).value());
        assertEquals("2.00 user, 2.00 system", figures.get(1).note());
        assertEquals(1.0, figures.get(2).value());
    }
}
