package io.scrip.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.CommandPort;
import io.scrip.engine.LiveKeys;
import io.scrip.engine.ReplySink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.protocol.GetTrialBalanceEncoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.TrialBalanceReplyDecoder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class GenesisTest {
    private final LiveKeys keys = new LiveKeys();
    private final LedgerProcessor core =
            new LedgerProcessor(Retention.STANDARD, (sequence, event, offset, length) -> keys.onEvent(event, offset));
    private final StringWriter printed = new StringWriter();
    private final PrintWriter out = new PrintWriter(printed, true);
    private boolean refusing;
    /** What was printed at the moment the last command came. */
    private String printedBefore = "";

    @Test
    void aFirstStartRegistersTheTokensAndAKeyThatWasPrintedBefore() {
        genesis(0, null);
        assertEquals(Genesis.steps(), core.lastSequence());
        assertTrue(printedBefore.matches("operator key: sk_operator_\\S{43}\\R"), printedBefore);
        assertEquals(printedBefore, printed.toString());
        long[] hash = Sha256.firstHalf(printedBefore.strip().substring("operator key: ".length()));
        assertTrue(keys.isOperatorKey(hash[0], hash[1]));
    }

    @Test
    void aChosenKeyIsRegisteredAndNotPrinted() {
        String chosen = OperatorKey.make();
        genesis(0, chosen);
        assertEquals("", printed.toString());
        long[] hash = Sha256.firstHalf(chosen);
        assertTrue(keys.isOperatorKey(hash[0], hash[1]));
    }

    @Test
    void aStartThatWasCutShortAnywhereIsCompletedByTheNext() {
        for (int cutAfter = 0; cutAfter < Genesis.steps(); cutAfter++) {
            GenesisTest run = new GenesisTest();
            CuttingPort cut = new CuttingPort(run, cutAfter);
            assertThrows(Refusal.class, () -> new Genesis(cut).complete(0, null, run.out));
            assertEquals(cutAfter, run.core.lastSequence());
            run.genesis(cutAfter, null);
            assertEquals(Genesis.steps(), run.core.lastSequence());
            String last = run.printed.toString().strip();
            long[] hash = Sha256.firstHalf(last.substring(last.lastIndexOf(' ') + 1));
            assertTrue(run.keys.isOperatorKey(hash[0], hash[1]), "the last printed key works");
        }
    }

    @Test
    void aLaterStartSendsNothing() {
        genesis(0, null);
        String once = printed.toString();
        genesis(Genesis.steps(), null);
        genesis(1_000_000, null);
        assertEquals(Genesis.steps(), core.lastSequence());
        assertEquals(once, printed.toString());
    }

    @Test
    void theTokensAreThoseOfTheProduct() {
        genesis(0, null);
        UnsafeBuffer query = new UnsafeBuffer(new byte[128]);
        GetTrialBalanceEncoder encoder =
                new GetTrialBalanceEncoder().wrapAndApplyHeader(query, 0, new MessageHeaderEncoder());
        encoder.id().high(0).low(0);
        encoder.caller().role(Role.AUDITOR).wallet(0);
        List<String> tokens = new ArrayList<>();
        int length = MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
        core.onQuery(query, 0, length, (reply, offset, replyLength) -> {
            TrialBalanceReplyDecoder decoder =
                    new TrialBalanceReplyDecoder().wrapAndApplyHeader(reply, offset, new MessageHeaderDecoder());
            decoder.tokens()
                    .forEach(token -> tokens.add(new String(
                                            ByteBuffer.allocate(8)
                                                    .order(ByteOrder.LITTLE_ENDIAN)
                                                    .putLong(token.token())
                                                    .array(),
                                            StandardCharsets.US_ASCII)
                                    .replace("\0", "")
                            + " " + token.scale() + " " + token.transferable()));
        });
        assertEquals(List.of("ACT 6 1", "REP 6 0", "GOV 6 1", "UTL 6 1", "CRD 6 1", "USD 2 1"), tokens);
    }

    @Test
    void aKeyThatCannotBePrintedIsNotRegistered() {
        PrintWriter broken = new PrintWriter(new OutputStreamWriter(new BrokenStream(), StandardCharsets.UTF_8), true);
        Refusal refusal = assertThrows(Refusal.class, () -> new Genesis(port()).complete(0, null, broken));
        assertEquals(ExitCode.DISK, refusal.exitCode());
        assertEquals(Genesis.steps() - 1, core.lastSequence());
    }

    @Test
    void anEngineThatRefusesEndsTheStart() {
        refusing = true;
        Refusal refusal = assertThrows(Refusal.class, () -> genesis(0, null));
        assertTrue(refusal.getMessage().contains("disk is too full"), refusal.getMessage());
        assertFalse(printed.toString().contains("operator key"));
    }

    private void genesis(long done, String chosenKey) {
        new Genesis(port()).complete(done, chosenKey, out);
    }

    private CommandPort port() {
        return new CuttingPort(this, Integer.MAX_VALUE);
    }

    /** Applies commands at once, and accepts no more after some. */
    private record CuttingPort(GenesisTest test, int accepts) implements CommandPort {
        @Override
        public boolean offer(DirectBuffer message, int offset, int length, ReplySink sink, long correlationId) {
            if (test.refusing || test.core.lastSequence() >= accepts) {
                return false;
            }
            test.printedBefore = test.printed.toString();
            long next = test.core.lastSequence() + 1;
            test.core.onCommand(next, next, message, offset, length, (reply, at, replyLength) -> {
                sink.onReply(correlationId, reply, at, replyLength);
                sink.onBatchEnd();
            });
            return true;
        }

        @Override
        public String refusalCause() {
            return "read_only";
        }
    }

    private static final class BrokenStream extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            throw new IOException("nobody reads");
        }
    }
}
