package io.scrip.protocol;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** No messages, one after the other, make debits differ from credits, or a replay end elsewhere. */
class FuzzSequenceTest {
    private static final SchemaMessages SCHEMA = new SchemaMessages();
    private static final int MAX_STEPS = 300;

    @FuzzTest(maxDuration = "60s")
    void anySequenceOfMessagesKeepsTheSums(byte[] bytes) {
        ChosenNumbers numbers = new ChosenNumbers(bytes);
        Mutations mutations = new Mutations(numbers);
        AnyMessages messages = new AnyMessages(numbers, SCHEMA);
        WatchedLedger ledger = new WatchedLedger();
        byte[] before = new byte[0];
        for (int step = 0; step < MAX_STEPS && !numbers.isAtEnd(); step++) {
            long laterNs = 1L << numbers.below(36);
            boolean wound = numbers.below(16) == 15;
            byte[] message = messages.next();
            ledger.take(wound ? mutations.wounded(message, before) : message, laterNs);
            before = message;
        }
        ledger.check();
    }
}
