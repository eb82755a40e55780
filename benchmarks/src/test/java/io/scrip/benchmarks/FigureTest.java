package io.scrip.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class FigureTest {
    @Test
    void ratioIsTakenOfWhatWasMeasuredBesideIt() {
        Figure figure = Figure.of("P3", "HTTP", 60_000, "requests/s").beside("bare Netty", 80_000);
        assertEquals(0.75, figure.ratio());
        assertEquals(true, figure.ratioAtLeast(0.7).met());
        assertEquals("met", figure.ratioAtLeast(0.75).verdict());
        assertEquals("≥ 0.80 × bare Netty", figure.ratioAtLeast(0.8).target());
        assertEquals("missed by 25 %", figure.ratioAtLeast(1).verdict());
        assertEquals("missed by 50 %", figure.ratioAtMost(0.5).verdict());
    }

    @Test
    void valuesAreJudgedFromTheirSide() {
        Figure figure = Figure.of("P8", "p99", 2.5, "ms");
        assertEquals(false, figure.atMost(2).met());
        assertEquals("missed by 25 %", figure.atMost(2).verdict());
        assertEquals("met", figure.atMost(2.5).verdict());
        assertEquals("met", figure.atLeast(2.5).verdict());
        assertEquals("missed by 3.8 %", figure.atLeast(2.6).verdict());
        assertEquals("missed", figure.atMost(0).verdict());
        assertEquals("", figure.verdict());
    }

    @Test
    void whatWasNotMeasuredIsNotJudged() {
        Figure figure = Figure.skipped("P3", "PostgreSQL", "no root");
        assertEquals("skipped", figure.verdict());
        assertEquals("skipped: no root", figure.note());
        assertEquals(null, figure.atLeast(1).met());
        assertEquals("skipped", figure.atLeast(1).verdict());
    }

    @Test
    void ratioNeedsSomethingBesideIt() {
        Figure alone = Figure.of("P3", "HTTP", 60_000, "requests/s");
        assertThrows(IllegalStateException.class, () -> alone.ratioAtLeast(0.7));
    }

    @Test
    void numbersHaveAsManyDigitsAsMeanSomething() {
        assertEquals("61,234", Figure.text(61_234.4));
        assertEquals("123", Figure.text(123.4));
        assertEquals("12.3", Figure.text(12.34));
        assertEquals("0.12", Figure.text(0.1234));
        assertEquals("0.0012", Figure.text(0.00123));
        assertEquals("3", Figure.text(3));
        assertEquals("–", Figure.text(Double.NaN));
    }

    @Test
    void medianIsTheMiddleOfTheRuns() {
        assertEquals(2, BenchOptions.median(3, 1, 2));
        assertEquals(2.5, BenchOptions.median(4, 1, 2, 3));
        assertThrows(IllegalArgumentException.class, BenchOptions::median);
    }

    @Test
    void optionsOutsideTheirBoundsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new BenchOptions(0, 1, true, null));
        assertThrows(IllegalArgumentException.class, () -> new BenchOptions(1, 0, true, null));
    }
}
