package io.scrip.protocol;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * No bytes that a client can send make the core throw. Run as any test, it goes through the corpus beside it;
 * docs/testing.md says how to let the fuzzer look for more.
 */
class FuzzMessageTest {
    @FuzzTest(maxDuration = "60s")
    void anyBytesAreAMessageOrMalformed(byte[] bytes) {
        WatchedLedger ledger = new WatchedLedger();
        ledger.take(bytes, 1);
        ledger.check();
    }
}
