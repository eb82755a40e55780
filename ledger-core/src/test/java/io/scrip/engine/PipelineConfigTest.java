package io.scrip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.scrip.ledger.MessageShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineConfigTest {

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -8, 0, 1, 3, 1000, 1 << 21, 1 << 30})
    void aRingIsAPowerOfTwoThatFitsIntoMemory(int ringSize) {
        assertThrows(IllegalArgumentException.class, () -> new PipelineConfig(ringSize, true, false));
    }

    @Test
    void threadsFollowTheCores() {
        assertEquals(new PipelineConfig(8192, true, false), PipelineConfig.forCores(1));
        assertEquals(new PipelineConfig(8192, false, false), PipelineConfig.forCores(2));
        assertEquals(new PipelineConfig(8192, false, false), PipelineConfig.forCores(4));
        assertEquals(new PipelineConfig(8192, false, true), PipelineConfig.forCores(16));
    }

    @Test
    void theLargestMessageAlwaysFits() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new PipelineConfig(64, true, false, MessageShape.MAX_MESSAGE_BYTES - 1));
        assertEquals(2L * MessageShape.MAX_MESSAGE_BYTES, PipelineConfig.largeBytesFor(8 << 20));
        assertEquals(128L << 20, PipelineConfig.largeBytesFor(1L << 30));
        assertEquals(256L << 20, PipelineConfig.largeBytesFor(64L << 30));
    }
}
