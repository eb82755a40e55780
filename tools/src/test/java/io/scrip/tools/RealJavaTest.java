package io.scrip.tools;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RealJavaTest {

    @Test
    @Timeout(60)
    void aProcessThatDoesNotEndIsKilledAndFailsTheTestWithWhatItSaid() throws Exception {
        Process endless = new ProcessBuilder("sh", "-c", "echo I am here; exec sleep 600").start();
        AssertionError failure =
                assertThrows(AssertionError.class, () -> RealJava.end(endless, 500, TimeUnit.MILLISECONDS));
        assertTrue(failure.getMessage().contains("still running"), failure.getMessage());
        assertFalse(endless.isAlive());
    }
}
