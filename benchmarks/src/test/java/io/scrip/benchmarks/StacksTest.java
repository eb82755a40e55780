package io.scrip.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class StacksTest {
    private final Stacks stacks = new Stacks();

    private void someSamples() {
        stacks.add(List.of("pipeline", "io.scrip.Core.apply", "io.scrip.Ids.find"), 3);
        stacks.add(List.of("pipeline", "io.scrip.Core.apply", "java.lang.Math.min"), 2);
        stacks.add(List.of("pipeline", "io.scrip.Core.apply", "io.scrip.Ids.find"), 1);
        stacks.add(List.of("http", "io.netty.Loop.run", "java.lang.Math.min"), 5);
        stacks.add(List.of("pipeline"), 1);
    }

    @Test
    void sameStacksAreOneLineWithTheSumOfTheirWeights() {
        someSamples();
        assertEquals("""
                http;io.netty.Loop.run;java.lang.Math.min 5
                pipeline 1
                pipeline;io.scrip.Core.apply;io.scrip.Ids.find 4
                pipeline;io.scrip.Core.apply;java.lang.Math.min 2
                """, stacks.collapsed());
        assertEquals(12, stacks.total());
    }

    @Test
    void semicolonInAFrameDoesNotMakeTwoOfIt() {
        stacks.add(List.of("a;b", "c"), 1);
        assertEquals("a,b;c 1\n", stacks.collapsed());
    }

    @Test
    void flatTableCountsInnermostFramesOfEachKindOfThreadTheHeaviestFirst() {
        someSamples();
        assertEquals(
                List.of(
                        new Stacks.Share("HTTP: Math.min", 5),
                        new Stacks.Share("PIPELINE: Ids.find", 4),
                        new Stacks.Share("PIPELINE: Math.min", 2),
                        new Stacks.Share("PIPELINE: pipeline", 1)),
                stacks.innermostByThread(thread -> thread.toUpperCase(Locale.ROOT), 9));
        assertEquals(1, stacks.innermostByThread(thread -> thread, 1).size());
    }

    @Test
    void siteIsTheInnermostFrameOfOursAboveWhatWasAllocated() {
        stacks.add(List.of("http", "io.scrip.a.Reader.read", "java.util.Arrays.copyOf", "new byte[]"), 64);
        stacks.add(List.of("http", "io.scrip.a.Loop.run", "io.scrip.a.Reader.read", "new byte[]"), 36);
        stacks.add(List.of("http", "io.netty.Loop.run", "new byte[]"), 8);
        stacks.add(List.of("new byte[]"), 1);
        assertEquals(
                List.of(
                        new Stacks.Share("new byte[] in Reader.read", 100),
                        new Stacks.Share("new byte[] in http", 8),
                        new Stacks.Share("new byte[] in new byte[]", 1)),
                stacks.sites("io.scrip.", 9));
    }

    @Test
    void frameInTheTreeWeighsWhatItCalledAndItself() {
        someSamples();
        Stacks.Node root = stacks.tree();
        assertEquals(12, root.weight());
        StringBuilder seen = new StringBuilder();
        write(root, 0, seen);
        assertEquals("""
                 12
                 http 5
                  io.netty.Loop.run 5
                   java.lang.Math.min 5
                 pipeline 7
                  io.scrip.Core.apply 6
                   io.scrip.Ids.find 4
                   java.lang.Math.min 2
                """, seen.toString());
    }

    private static void write(Stacks.Node node, int depth, StringBuilder into) {
        into.append(" ".repeat(depth)).append(node.name()).append(' ').append(node.weight());
        into.append('\n');
        for (Stacks.Node child : node.children()) {
            write(child, depth + 1, into);
        }
    }

    @Test
    void nothingSampledIsEmptyAndNoFrameIsNoFault() {
        assertTrue(stacks.isEmpty());
        assertEquals("", stacks.collapsed());
        assertEquals(List.of(), stacks.innermostByThread(thread -> thread, 3));
        stacks.add(List.of(), 2);
        assertFalse(stacks.isEmpty());
        assertEquals(List.of(new Stacks.Share("", 2)), stacks.innermostByThread(thread -> thread, 3));
    }

    @Test
    void weightBelowZeroIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> stacks.add(List.of("a"), -1));
    }
}
