package io.scrip.snapshotter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrip.engine.LiveKeys;
import io.scrip.journal.ChronicleEventLog;
import io.scrip.journal.ChronicleJournal;
import io.scrip.journal.DurabilityMode;
import io.scrip.journal.EventLogConfig;
import io.scrip.journal.JournalConfig;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.protocol.GetWalletEncoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.WalletReplyDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder that an earlier program left when it was killed leads to the state that it had, from any beginning. */
class EarlierSnapshotTest {
    private static final int BLOCK_BYTES = 256 << 10;

    @TempDir
    Path temp;

    private Map<String, String> expected;

    @BeforeEach
    void unpack() throws Exception {
        expected = EarlierFolder.unpack("schema-0", temp);
    }

    @Test
    void theNewestSnapshotAndWhatComesAfterItGiveTheState() throws Exception {
        List<SnapshotFile> snapshots = new SnapshotStore(temp.resolve("snapshots"), 2).list();
        assertEquals(2, snapshots.size());
        recover(snapshots, snapshots.get(0).sequence());
    }

    @Test
    void soDoesAnOlderSnapshot() throws Exception {
        List<SnapshotFile> snapshots = new SnapshotStore(temp.resolve("snapshots"), 2).list();
        recover(snapshots.subList(1, 2), snapshots.get(1).sequence());
    }

    @Test
    void soDoesTheWholeJournal() throws Exception {
        recover(List.of(), 0);
    }

    @Test
    void theEventLogIsMadeAgainAsItWas() throws Exception {
        Path events = temp.resolve("events");
        Files.move(events, temp.resolve("before"));
        recover(List.of(), 0);
        try (ChronicleEventLog log = ChronicleEventLog.open(config(events))) {
            assertEquals(Long.parseLong(expected.get("last_event")), log.lastEventSequence());
        }
    }

    private static EventLogConfig config(Path events) {
        return new EventLogConfig(events, BLOCK_BYTES, 1 << 20);
    }

    private void recover(List<SnapshotFile> snapshots, long beginsWith) {
        JournalConfig config =
                new JournalConfig(temp.resolve("journal"), DurabilityMode.SYNC, BLOCK_BYTES, 1 << 20, 0, 0, 0);
        try (ChronicleJournal journal = ChronicleJournal.open(config);
                ChronicleEventLog log = ChronicleEventLog.open(config(temp.resolve("events")))) {
            EventFeed feed = new EventFeed(log, log::truncateFrom, new LiveKeys());
            Recovery.Recovered recovered = new Recovery(journal, journal::continuesAt, log, Retention.STANDARD, feed)
                    .recover(snapshots, (records, ofRecords) -> {});
            assertEquals(List.of(), recovered.report().snapshotsRefused());
            assertEquals(beginsWith, recovered.report().snapshotSequence());
            assertEquals(0, recovered.report().eventsRebuiltFrom());
            LedgerProcessor core = recovered.core();
            assertEquals(expected.get("state_hash"), String.format("%016x", core.stateHash()));
            assertEquals(expected.get("last_event"), Long.toString(core.lastEventSequence()));
            assertBalances(core);
        }
    }

    private void assertBalances(LedgerProcessor core) {
        Map<String, String> balances = new TreeMap<>(expected);
        balances.keySet().removeIf(name -> !name.startsWith("account/"));
        assertEquals(balances, balances(core));
    }

    private static Map<String, String> balances(LedgerProcessor core) {
        Map<String, String> balances = new TreeMap<>();
        UnsafeBuffer query = new UnsafeBuffer(new byte[128]);
        core.forEachKey((wallet, high, low) -> {
            GetWalletEncoder question = new GetWalletEncoder().wrapAndApplyHeader(query, 0, new MessageHeaderEncoder());
            question.id().high(0).low(0);
            question.caller().role(Role.AUDITOR).wallet(0);
            question.wallet(wallet);
            int length = MessageHeaderEncoder.ENCODED_LENGTH + question.encodedLength();
            core.onQuery(query, 0, length, (reply, offset, replyLength) -> {
                MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(reply, offset);
                if (header.templateId() != WalletReplyDecoder.TEMPLATE_ID) {
                    return;
                }
                WalletReplyDecoder answer = new WalletReplyDecoder().wrapAndApplyHeader(reply, offset, header);
                for (WalletReplyDecoder.AccountsDecoder account : answer.accounts()) {
                    var numbers = account.balances();
                    long posted = numbers.creditsPosted() - numbers.debitsPosted();
                    if (posted != 0 || numbers.debitsPending() != 0 || numbers.creditsPending() != 0) {
                        balances.put(
                                "account/" + wallet + "/" + account.token() + "/" + account.account(),
                                posted + " " + numbers.debitsPending() + " " + numbers.creditsPending());
                    }
                }
            });
        });
        return balances;
    }
}
