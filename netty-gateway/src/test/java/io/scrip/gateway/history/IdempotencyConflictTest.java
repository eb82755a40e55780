package io.scrip.gateway.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.protocol.Comparison;
import io.scrip.protocol.IssueEncoder;
import io.scrip.protocol.LotCategory;
import io.scrip.protocol.Measure;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.OpenWalletEncoder;
import io.scrip.protocol.RegisterOperatorKeyEncoder;
import io.scrip.protocol.RegisterTokenEncoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.Side;
import io.scrip.protocol.TransferEncoder;
import io.scrip.protocol.TransferKind;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdempotencyConflictTest {
    private static final int PADDING = 5;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4_096]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final CommandReader reader = new CommandReader();
    private TransferKind kind = TransferKind.PLAIN;
    private int fromAccount;
    private long timeoutNs;
    private LotCategory category = LotCategory.PLAIN;

    private StoredCommand transfer(
            long from,
            long to,
            long token,
            long amount,
            String texts,
            int conditionValue,
            long applyBefore,
            boolean dryRun,
            boolean upTo) {
        TransferEncoder transfer = new TransferEncoder().wrapAndApplyHeader(buffer, PADDING, header);
        transfer.id().high(1).low(2);
        transfer.caller().role(Role.WALLET).wallet(9);
        transfer.from(from).to(to).token(token).amount(amount).applyBefore(applyBefore);
        transfer.flags().clear().dryRun(dryRun).upTo(upTo);
        transfer.kind(kind).fromAccount(fromAccount).toAccount(0).timeoutNs(timeoutNs);
        if (conditionValue == 0) {
            transfer.conditionsCount(0);
        } else {
            transfer.conditionsCount(1)
                    .next()
                    .side(Side.FROM)
                    .measure(Measure.AVAILABLE)
                    .comparison(Comparison.AT_LEAST)
                    .value(conditionValue);
        }
        String[] parts = texts.split("/", -1);
        transfer.reference(parts[0]).metadata(parts[1]);
        return read(transfer.encodedLength());
    }

    private StoredCommand read(int encodedLength) {
        return reader.read(buffer, PADDING, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
    }

    @ParameterizedTest(name = "{0} {1} {2} {3} {4} {5} {6} {7} {8} differs in {9}")
    @CsvSource(delimiter = '|', nullValues = "nothing", textBlock = """
            2 | 3 | 7 | 100 | r/{}  | 5 | 50 | false | false | nothing
            4 | 3 | 7 | 100 | r/{}  | 5 | 50 | false | false | from
            2 | 4 | 7 | 100 | r/{}  | 5 | 50 | false | false | to
            2 | 3 | 8 | 100 | r/{}  | 5 | 50 | false | false | token
            2 | 3 | 7 | 101 | r/{}  | 5 | 50 | false | false | amount
            2 | 3 | 7 | 100 | R/{}  | 5 | 50 | false | false | reference
            2 | 3 | 7 | 100 | r/    | 5 | 50 | false | false | metadata
            2 | 3 | 7 | 100 | r/{}  | 0 | 50 | false | false | conditions
            2 | 3 | 7 | 100 | r/{}  | 6 | 50 | false | false | conditions
            2 | 3 | 7 | 100 | r/{}  | 5 | 0  | false | false | apply_before
            2 | 3 | 7 | 100 | r/{}  | 5 | 50 | true  | false | dry_run
            2 | 3 | 7 | 100 | r/{}  | 5 | 50 | false | true  | up_to
            4 | 4 | 8 | 101 | R/    | 6 | 0  | true  | true  | from
            2 | 4 | 8 | 101 | R/    | 6 | 0  | true  | true  | to
            2 | 3 | 8 | 101 | R/    | 6 | 0  | true  | true  | token
            2 | 3 | 7 | 101 | R/    | 6 | 0  | true  | true  | amount
            2 | 3 | 7 | 100 | R/    | 6 | 0  | true  | true  | reference
            2 | 3 | 7 | 100 | r/    | 6 | 0  | true  | true  | metadata
            2 | 3 | 7 | 100 | r/{}  | 6 | 0  | true  | true  | conditions
            2 | 3 | 7 | 100 | r/{}  | 5 | 0  | true  | true  | apply_before
            2 | 3 | 7 | 100 | r/{}  | 5 | 50 | true  | true  | dry_run
            """)
    void shouldNameTheFirstDifferingFieldOfATransfer(
            long from,
            long to,
            long token,
            long amount,
            String texts,
            int condition,
            long applyBefore,
            boolean dryRun,
            boolean upTo,
            String field) {
        StoredCommand stored = transfer(2, 3, 7, 100, "r/{}", 5, 50, false, false);
        StoredCommand sent = transfer(from, to, token, amount, texts, condition, applyBefore, dryRun, upTo);

        assertEquals(field, IdempotencyConflict.firstDifferingField(stored, sent));
        assertEquals(field == null, stored.equals(sent));
    }

    @Test
    void shouldNameWhatMakesAHoldAFeeOrAnotherAccount() {
        StoredCommand stored = transfer(2, 3, 7, 100, "r/{}", 5, 50, false, false);
        kind = TransferKind.TIP;
        assertEquals("kind", differsFrom(stored));
        fromAccount = 300;
        assertEquals("from_account", differsFrom(stored));
        timeoutNs = 1_000_000_000;
        assertEquals("timeout_seconds", differsFrom(stored));
    }

    private String differsFrom(StoredCommand stored) {
        return IdempotencyConflict.firstDifferingField(stored, transfer(2, 3, 7, 100, "r/{}", 5, 50, false, false));
    }

    private StoredCommand issue(long to, long token, long amount, String reference, String metadata) {
        IssueEncoder issue = new IssueEncoder().wrapAndApplyHeader(buffer, PADDING, header);
        issue.id().high(1).low(2);
        issue.caller().role(Role.OPERATOR).wallet(0);
        issue.to(to).token(token).amount(amount);
        issue.terms()
                .category(category)
                .priority((short) 0)
                .effectiveAt(0)
                .expiresAt(0)
                .convertibleFrom(0);
        issue.reference(reference).metadata(metadata);
        return read(issue.encodedLength());
    }

    @Test
    void shouldNameTheFirstDifferingFieldOfAnIssue() {
        StoredCommand stored = issue(2, 7, 100, "r", "{}");
        assertNull(IdempotencyConflict.firstDifferingField(stored, issue(2, 7, 100, "r", "{}")));
        assertEquals("to", IdempotencyConflict.firstDifferingField(stored, issue(3, 8, 101, "s", "")));
        assertEquals("token", IdempotencyConflict.firstDifferingField(stored, issue(2, 8, 101, "s", "")));
        assertEquals("amount", IdempotencyConflict.firstDifferingField(stored, issue(2, 7, 101, "s", "")));
        assertEquals("reference", IdempotencyConflict.firstDifferingField(stored, issue(2, 7, 100, "s", "")));
        assertEquals("metadata", IdempotencyConflict.firstDifferingField(stored, issue(2, 7, 100, "r", "")));
        category = LotCategory.PROMOTIONAL;
        assertEquals("terms", IdempotencyConflict.firstDifferingField(stored, issue(2, 7, 100, "r", "{}")));
    }

    private StoredCommand openWallet(String owner, long keyHash) {
        OpenWalletEncoder open = new OpenWalletEncoder().wrapAndApplyHeader(buffer, PADDING, header);
        open.id().high(1).low(2);
        open.caller().role(Role.OPERATOR).wallet(0);
        open.keyHashHigh(keyHash).keyHashLow(keyHash).owner(owner);
        return read(open.encodedLength());
    }

    @Test
    void shouldCompareOwnersAndNotTheKeysMadeForThem() {
        StoredCommand stored = openWallet("agent:zoë", 1);
        assertNull(IdempotencyConflict.firstDifferingField(stored, openWallet("agent:zoë", 2)));
        assertEquals("owner", IdempotencyConflict.firstDifferingField(stored, openWallet("agent:zoe", 1)));
    }

    private StoredCommand registerToken(long token, int scale, int transferable) {
        RegisterTokenEncoder register = new RegisterTokenEncoder().wrapAndApplyHeader(buffer, PADDING, header);
        register.id().high(1).low(2);
        register.caller().role(Role.SYSTEM).wallet(0);
        register.token(token).scale((short) scale).transferable((short) transferable);
        return read(register.encodedLength());
    }

    @Test
    void shouldNameTheFirstDifferingFieldOfAToken() {
        StoredCommand stored = registerToken(7, 6, 1);
        assertNull(IdempotencyConflict.firstDifferingField(stored, registerToken(7, 6, 1)));
        assertEquals("code", IdempotencyConflict.firstDifferingField(stored, registerToken(8, 5, 0)));
        assertEquals("scale", IdempotencyConflict.firstDifferingField(stored, registerToken(7, 5, 0)));
        assertEquals("transferable", IdempotencyConflict.firstDifferingField(stored, registerToken(7, 6, 0)));
    }

    @Test
    void anotherOperationDiffersInItsKind() {
        StoredCommand issue = issue(3, 7, 100, "r", "{}");
        StoredCommand transfer = transfer(2, 3, 7, 100, "r/{}", 0, 0, false, false);
        assertEquals("kind", IdempotencyConflict.firstDifferingField(issue, transfer));
        assertEquals("kind", IdempotencyConflict.firstDifferingField(transfer, issue));
    }

    @Test
    void theCallerIsComparedApart() {
        StoredCommand.Origin origin =
                transfer(2, 3, 7, 100, "r/{}", 0, 0, false, false).origin();
        assertEquals(new StoredCommand.Origin(1, 2, Role.WALLET, 9), origin);
        assertTrue(origin.hasSameCallerAs(new StoredCommand.Origin(8, 8, Role.WALLET, 9)));
        assertFalse(origin.hasSameCallerAs(new StoredCommand.Origin(1, 2, Role.WALLET, 8)));
        assertFalse(origin.hasSameCallerAs(new StoredCommand.Origin(1, 2, Role.OPERATOR, 9)));
    }

    @Test
    void aCommandWithoutAnAnswerIsKnownByItsTemplate() {
        RegisterOperatorKeyEncoder key = new RegisterOperatorKeyEncoder().wrapAndApplyHeader(buffer, PADDING, header);
        key.id().high(1).low(2);
        key.caller().role(Role.SYSTEM).wallet(0);
        key.keyHashHigh(1).keyHashLow(2);
        StoredCommand.Origin origin = new StoredCommand.Origin(1, 2, Role.SYSTEM, 0);
        Consumer<StoredCommand> check = command ->
                assertEquals(new StoredCommand.Other(origin, RegisterOperatorKeyEncoder.TEMPLATE_ID), command);
        check.accept(read(key.encodedLength()));
        assertThrows(IllegalArgumentException.class, () -> reader.read(buffer, PADDING, 20));
    }
}
