package io.scrip.snapshotter;

import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.OpenWalletEncoder;
import io.scrip.protocol.Role;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Commands and cores for tests: command {@code n} opens a wallet. */
final class Ledgers {
    private Ledgers() {}

    static DirectBuffer openWallet(long n) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        OpenWalletEncoder command = new OpenWalletEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        command.id().high(0).low(n);
        command.caller().role(Role.OPERATOR).wallet(0);
        command.keyHashHigh(7).keyHashLow(n).owner("agent:" + n);
        return new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + command.encodedLength());
    }

    static LedgerProcessor empty() {
        return new LedgerProcessor(Retention.STANDARD, (sequence, event, offset, length) -> {});
    }

    /** A core that has applied so many commands, at nanosecond {@code 1000 n}. */
    static LedgerProcessor after(long commands) {
        LedgerProcessor core = empty();
        applyTo(core, commands);
        return core;
    }

    static void applyTo(LedgerProcessor core, long lastSequence) {
        for (long n = core.lastSequence() + 1; n <= lastSequence; n++) {
            DirectBuffer command = openWallet(n);
            core.onCommand(n, n * 1_000, command, 0, command.capacity(), CommandReplySink.NONE);
        }
    }
}
