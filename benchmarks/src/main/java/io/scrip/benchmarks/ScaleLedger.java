package io.scrip.benchmarks;

import io.scrip.gateway.auth.ApiKey;
import io.scrip.journal.ChronicleEventLog;
import io.scrip.journal.ChronicleJournal;
import io.scrip.journal.DurabilityMode;
import io.scrip.journal.EventLogConfig;
import io.scrip.journal.JournalConfig;
import io.scrip.journal.JournalFollower;
import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.ledger.SnapshotException;
import io.scrip.protocol.IssueEncoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.OpenWalletEncoder;
import io.scrip.protocol.RegisterOperatorKeyEncoder;
import io.scrip.protocol.RegisterTokenEncoder;
import io.scrip.protocol.Role;
import io.scrip.snapshotter.LastEvent;
import io.scrip.snapshotter.SnapshotStore;
import io.scrip.tools.load.Wallets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes the data folder of a ledger with many funded wallets, as a server that was told to stop with a snapshot leaves
 * it: journal, event log, snapshot. Ten million wallets would take half an hour over HTTP; this way it takes as long as
 * the core and the disk do. A program, so that its memory is gone when the servers begin.
 *
 * <pre>
 *   ScaleLedger DATA ACCOUNTS OPERATOR-KEY
 * </pre>
 */
final class ScaleLedger {
    private static final int FORCED_TOGETHER = 8_192;
    private static final int TOLD_EVERY = 1_000_000;
    private static final int SNAPSHOTS_KEPT = 2;
    private static final int SECRET_CHARACTERS = 43;
    /** For hundreds of millions of transfers of one payer; ten million times that is less than a token can have. */
    static final long FUNDS = 100_000_000_000L;

    /** Between two commands, so that even the last of many is not ahead of the server's clock. */
    private static final long STEP_NS = 1_000;

    private static final long ID_HIGH = 0x5C21_0000_0000_0000L;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OpenWalletEncoder openWallet = new OpenWalletEncoder();
    private final IssueEncoder issue = new IssueEncoder();
    private final LastEvent lastEvent = LastEvent.none();
    private final ChronicleJournal journal;
    private final ChronicleEventLog events;
    private final LedgerProcessor core;
    private final long beginNs;

    private ScaleLedger(Path data, int accounts) {
        journal = ChronicleJournal.open(JournalConfig.of(data.resolve("journal"), DurabilityMode.SYNC));
        events = ChronicleEventLog.open(EventLogConfig.of(data.resolve("events")));
        core = new LedgerProcessor(Retention.STANDARD, (eventSequence, event, offset, length) -> {
            events.append(eventSequence, event, offset, length);
            lastEvent.onEvent(eventSequence, event, offset, length);
        });
        beginNs = System.currentTimeMillis() * 1_000_000 - (2L * accounts + FORCED_TOGETHER) * STEP_NS;
        journal.startWriting();
    }

    /** The command line that makes one. */
    static List<String> command(Path data, int accounts, String operatorKey) {
        List<String> command = new ArrayList<>(ScratchServer.java());
        command.add(command.indexOf("-cp"), "-Xmx" + (ScaleNeeds.makerHeapBytes(accounts) >> 20) + "m");
        command.addAll(List.of(ScaleLedger.class.getName(), data.toString(), String.valueOf(accounts), operatorKey));
        return command;
    }

    public static void main(String[] args) throws IOException, SnapshotException {
        Path data = Path.of(args[0]);
        int accounts = Integer.parseInt(args[1]);
        ScaleLedger ledger = new ScaleLedger(data, accounts);
        ledger.open(accounts, args[2]);
        System.out.println("writing a snapshot");
        ledger.writeSnapshot(data);
    }

    /** The wallets of such a ledger. */
    static Wallets wallets(int accounts) {
        return Wallets.derived(accounts, new Wallets.Derivation() {
            @Override
            public long number(int index) {
                return FundedLedger.wallet(index);
            }

            @Override
            public String key(int index) {
                return ApiKey.walletKey(number(index), secret(index));
            }
        });
    }

    private static String secret(int index) {
        String digits = Integer.toString(index);
        return "0".repeat(SECRET_CHARACTERS - digits.length()) + digits;
    }

    private void open(int accounts, String operatorKey) {
        registerToken();
        registerOperatorKey(operatorKey);
        for (int index = 0; index < accounts; index++) {
            openWallet(index);
            issue(FundedLedger.wallet(index));
            if ((index + 1) % TOLD_EVERY == 0) {
                System.out.printf(Locale.ROOT, "%,d of %,d accounts funded%n", index + 1, accounts);
            }
        }
        journal.force();
        if (core.lastEventSequence() != core.lastSequence() || core.lastSequence() != 2 + 2L * accounts) {
            throw new IllegalStateException("the ledger could not be opened");
        }
        journal.close();
        events.close();
    }

    private void writeSnapshot(Path data) throws SnapshotException {
        try (JournalFollower follower = JournalFollower.fromStart(data.resolve("journal"))) {
            follower.readTo(core.lastSequence(), (sequence, timestampNs, command, offset, length) -> {});
            follower.force();
            boolean unused = ChronicleEventLog.force(data.resolve("events"), 0, core.lastEventSequence());
            new SnapshotStore(data.resolve("snapshots"), SNAPSHOTS_KEPT)
                    .write(core, follower.position(), lastEvent.anchor());
        }
    }

    private void registerToken() {
        RegisterTokenEncoder encoder = new RegisterTokenEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.id().high(ID_HIGH).low(nextId());
        encoder.caller().role(Role.SYSTEM).wallet(0);
        encoder.token(FundedLedger.CRD).scale((short) 6).transferable((short) 1);
        apply(encoder.encodedLength());
    }

    private void registerOperatorKey(String key) {
        RegisterOperatorKeyEncoder encoder = new RegisterOperatorKeyEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.id().high(ID_HIGH).low(nextId());
        encoder.caller().role(Role.SYSTEM).wallet(0);
        ApiKey.Hash hash = ApiKey.hash(key);
        encoder.keyHashHigh(hash.high()).keyHashLow(hash.low());
        apply(encoder.encodedLength());
    }

    private void openWallet(int index) {
        openWallet.wrapAndApplyHeader(buffer, 0, header).id().high(ID_HIGH).low(nextId());
        openWallet.caller().role(Role.OPERATOR).wallet(0);
        ApiKey.Hash hash = ApiKey.hash(secret(index));
        openWallet.keyHashHigh(hash.high()).keyHashLow(hash.low()).owner("agent:" + index);
        apply(openWallet.encodedLength());
    }

    private void issue(long wallet) {
        // Fields that are not named here, terms among them, are zero: plain value.
        buffer.setMemory(0, buffer.capacity(), (byte) 0);
        issue.wrapAndApplyHeader(buffer, 0, header).id().high(ID_HIGH).low(nextId());
        issue.caller().role(Role.OPERATOR).wallet(0);
        issue.to(wallet).token(FundedLedger.CRD).amount(FUNDS).reference("").metadata("");
        apply(issue.encodedLength());
    }

    /** As scattered as real ids are. */
    private long nextId() {
        return (core.lastSequence() + 1) * 0x9E37_79B9_7F4A_7C15L;
    }

    private void apply(int bodyBytes) {
        long next = core.lastSequence() + 1;
        long timestampNs = beginNs + next * STEP_NS;
        int lengthBytes = MessageHeaderEncoder.ENCODED_LENGTH + bodyBytes;
        journal.append(next, timestampNs, buffer, 0, lengthBytes);
        core.onCommand(next, timestampNs, buffer, 0, lengthBytes, CommandReplySink.NONE);
        if (next % FORCED_TOGETHER == 0) {
            journal.force();
        }
    }
}
