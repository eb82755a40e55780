package io.scrip.gateway.history;

import io.scrip.engine.EventLog;
import io.scrip.gateway.json.TokenCodes;
import io.scrip.gateway.json.TransferJson;
import io.scrip.protocol.BalancesEncoder;
import io.scrip.protocol.ChangeStatusEncoder;
import io.scrip.protocol.DecisionEventEncoder;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.IssueEncoder;
import io.scrip.protocol.LegEventEncoder;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.LotCategory;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import io.scrip.protocol.SpendingWindow;
import io.scrip.protocol.StatusChange;
import io.scrip.protocol.TransferEncoder;
import io.scrip.protocol.TransferKind;
import io.scrip.protocol.WalletReplyEncoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes an event log as a ledger would, and remembers what it wrote in the plainest way, to compare with. Amounts are
 * in smallest units, all tokens have scale 6, nothing is ever refused unless asked for. Thread safe by one lock.
 */
public final class EventScript {
    public static final long PLATFORM = 1;
    public static final int SCALE = 6;
    public static final int MAIN = 0;
    public static final int ISSUANCE = 1;
    static final long START_NS = 1_800_000_000_000_000_000L;
    static final long STEP_NS = 1_000;

    /** What a leg said, in plain numbers. */
    public record Movement(
            long eventSequence, long timestampNs, TransferJson.Kind kind, long token, long amount, long from, long to) {
        public boolean touches(long wallet) {
            return from == wallet || to == wallet;
        }
    }

    private record AccountKey(long wallet, long token, int code) {}

    private static final class Account {
        private long debits;
        private long credits;
        private long last;
        private long version;
    }

    private final EventLog log;
    private final List<Long> tokens = new ArrayList<>();
    private final Map<AccountKey, Account> accounts = new LinkedHashMap<>();
    private final List<Movement> movements = new ArrayList<>();
    private final UnsafeBuffer event = new UnsafeBuffer(new byte[16_384]);
    private final UnsafeBuffer command = new UnsafeBuffer(new byte[8_192]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    public EventScript(EventLog log, String... tokenCodes) {
        this.log = log;
        for (String code : tokenCodes) {
            tokens.add(TokenCodes.parse(code));
        }
    }

    public synchronized void registerToken(String code) {
        tokens.add(TokenCodes.parse(code));
    }

    public synchronized List<Movement> movements() {
        return List.copyOf(movements);
    }

    public static long timestampOf(long eventSequence) {
        return START_NS + eventSequence * STEP_NS;
    }

    public synchronized long issue(long to, String token, long amount) {
        IssueEncoder issue = new IssueEncoder().wrapAndApplyHeader(command, 0, header);
        issue.id().high(7).low(log.lastEventSequence() + 1);
        issue.caller().role(Role.OPERATOR).wallet(0);
        issue.to(to).token(TokenCodes.parse(token)).amount(amount);
        issue.terms()
                .category(LotCategory.PLAIN)
                .priority((short) 0)
                .effectiveAt(0)
                .expiresAt(0)
                .convertibleFrom(0);
        issue.reference("").metadata("");
        int length = MessageHeaderEncoder.ENCODED_LENGTH + issue.encodedLength();
        return leg(TransferJson.Kind.ISSUE, PLATFORM, ISSUANCE, to, MAIN, TokenCodes.parse(token), amount, length);
    }

    public synchronized long transfer(long from, long to, String token, long amount) {
        return transfer(from, to, token, amount, "", "");
    }

    public synchronized long transfer(
            long from, long to, String token, long amount, String reference, String metadata) {
        int length = encodeTransfer(from, to, TokenCodes.parse(token), amount, reference, metadata);
        return leg(TransferJson.Kind.TRANSFER, from, MAIN, to, MAIN, TokenCodes.parse(token), amount, length);
    }

    /** From one account of a wallet to another account of the same. */
    public synchronized long within(long wallet, int fromAccount, int toAccount, String token, long amount) {
        int length = encodeTransfer(wallet, wallet, TokenCodes.parse(token), amount, "", "");
        return leg(
                TransferJson.Kind.TRANSFER,
                wallet,
                fromAccount,
                wallet,
                toAccount,
                TokenCodes.parse(token),
                amount,
                length);
    }

    public synchronized long refuse(long from, long to, String token, long amount, long available) {
        int length = encodeTransfer(from, to, TokenCodes.parse(token), amount, "", "");
        return decide(Outcome.INSUFFICIENT_FUNDS, amount, available, length);
    }

    private long decide(Outcome outcome, long needed, long available, int commandLength) {
        long eventSequence = log.lastEventSequence() + 1;
        DecisionEventEncoder decision = new DecisionEventEncoder().wrapAndApplyHeader(event, 0, header);
        decision.eventSequence(eventSequence).sequence(eventSequence + 100).timestamp(timestampOf(eventSequence));
        decision.id().high(7).low(eventSequence);
        decision.outcome(outcome)
                .wallet(0)
                .needed(needed)
                .available(available)
                .limitValue(0)
                .window(SpendingWindow.NONE)
                .token(0)
                .expiresAt(0)
                .putCommand(command, 0, commandLength);
        log.append(eventSequence, event, 0, MessageHeaderEncoder.ENCODED_LENGTH + decision.encodedLength());
        return eventSequence;
    }

    /** Freezes a wallet; its reply goes on saying that it is not. */
    public synchronized long freeze(long wallet) {
        ChangeStatusEncoder freeze = new ChangeStatusEncoder().wrapAndApplyHeader(command, 0, header);
        freeze.id().high(7).low(log.lastEventSequence() + 1);
        freeze.caller().role(Role.OPERATOR).wallet(0);
        freeze.wallet(wallet).token(0).account(0).change(StatusChange.FREEZE).reason("");
        return decide(Outcome.APPLIED, 0, 0, MessageHeaderEncoder.ENCODED_LENGTH + freeze.encodedLength());
    }

    private int encodeTransfer(long from, long to, long token, long amount, String reference, String metadata) {
        TransferEncoder transfer = new TransferEncoder().wrapAndApplyHeader(command, 0, header);
        transfer.id().high(7).low(log.lastEventSequence() + 1);
        transfer.caller().role(Role.WALLET).wallet(from);
        transfer.from(from).to(to).token(token).amount(amount).applyBefore(0);
        transfer.flags().clear();
        transfer.kind(TransferKind.PLAIN).fromAccount(0).toAccount(0).timeoutNs(0);
        transfer.conditionsCount(0);
        transfer.reference(reference).metadata(metadata);
        return MessageHeaderEncoder.ENCODED_LENGTH + transfer.encodedLength();
    }

    private long leg(
            TransferJson.Kind kind,
            long from,
            int fromAccount,
            long to,
            int toAccount,
            long token,
            long amount,
            int commandLength) {
        long eventSequence = log.lastEventSequence() + 1;
        Account payer = account(from, token, fromAccount);
        Account payee = account(to, token, toAccount);
        payer.debits += amount;
        payer.version++;
        payee.credits += amount;
        payee.version++;
        LegEventEncoder leg = new LegEventEncoder().wrapAndApplyHeader(event, 0, header);
        leg.eventSequence(eventSequence).sequence(eventSequence + 100).timestamp(timestampOf(eventSequence));
        leg.id().high(7).low(eventSequence);
        leg.outcome(Outcome.APPLIED)
                .kind(kind == TransferJson.Kind.ISSUE ? LegKind.ISSUE : LegKind.TRANSFER)
                .legIndex((short) 0)
                .legCount((short) 1)
                .scale((short) SCALE)
                .token(token)
                .amount(amount)
                .from(from)
                .to(to)
                .previousFromEvent(payer.last)
                .previousToEvent(payee.last)
                .fromAccount(fromAccount)
                .toAccount(toAccount)
                .fee(0)
                .feePayer(FeePayer.RECEIVER)
                .expiresAt(0);
        leg.holdId().high(0).low(0);
        balances(leg.fromBalances(), fromAccount, payer);
        balances(leg.toBalances(), toAccount, payee);
        // A lot in the record, so that whoever reads the command has to go past it.
        leg.lotsCount(1)
                .next()
                .amount(amount)
                .terms()
                .category(LotCategory.PAID)
                .priority((short) 3)
                .effectiveAt(0)
                .expiresAt(Long.MAX_VALUE)
                .convertibleFrom(0);
        leg.putCommand(command, 0, commandLength);
        payer.last = eventSequence;
        payee.last = eventSequence;
        movements.add(new Movement(eventSequence, timestampOf(eventSequence), kind, token, amount, from, to));
        log.append(eventSequence, event, 0, MessageHeaderEncoder.ENCODED_LENGTH + leg.encodedLength());
        return eventSequence;
    }

    private Account account(long wallet, long token, int code) {
        return accounts.computeIfAbsent(new AccountKey(wallet, token, code), key -> new Account());
    }

    private static void balances(BalancesEncoder out, int code, Account account) {
        out.debitsPosted(account.debits)
                .creditsPosted(account.credits)
                .debitsPending(0)
                .creditsPending(0)
                .floor(code == ISSUANCE ? Long.MIN_VALUE : 0)
                .ceiling(Long.MAX_VALUE)
                .version(account.version)
                .staked(0)
                .withheld(0);
    }

    /** Main accounts in the order of the tokens, then the others, newest first, as the core's wallet reply has them. */
    private List<AccountKey> keysOf(long wallet) {
        List<AccountKey> others = new ArrayList<>(accounts.keySet());
        others.removeIf(key -> key.wallet() != wallet || key.code() == MAIN);
        Collections.reverse(others);
        List<AccountKey> keys = new ArrayList<>();
        tokens.forEach(token -> keys.add(new AccountKey(wallet, token, MAIN)));
        keys.addAll(others);
        return keys;
    }

    /** The newest legs as the core's wallet reply would state them. */
    public synchronized AccountHeads heads(long wallet) {
        List<AccountKey> keys = keysOf(wallet);
        return new AccountHeads(
                wallet,
                keys.stream().mapToLong(AccountKey::token).toArray(),
                keys.stream().mapToInt(AccountKey::code).toArray(),
                keys.stream()
                        .mapToLong(key -> account(wallet, key.token(), key.code()).last)
                        .toArray());
    }

    /** A wallet's reply, as of the last event. */
    public synchronized byte[] walletReply(long wallet) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[8_192]);
        WalletReplyEncoder reply = new WalletReplyEncoder().wrapAndApplyHeader(buffer, 0, header);
        reply.wallet(wallet);
        reply.flags().clear();
        long eventSequence = log.lastEventSequence();
        reply.version(wallet + 10)
                .sequence(eventSequence + 100)
                .timestamp(timestampOf(eventSequence))
                .eventSequence(eventSequence);
        List<AccountKey> keys = keysOf(wallet);
        WalletReplyEncoder.AccountsEncoder group = reply.accountsCount(keys.size());
        for (AccountKey key : keys) {
            Account account = account(wallet, key.token(), key.code());
            group.next().token(key.token()).account(key.code()).scale((short) SCALE);
            balances(group.balances(), key.code(), account);
            group.lastEventSequence(account.last);
        }
        reply.owner("agent:" + wallet);
        byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + reply.encodedLength()];
        buffer.getBytes(0, bytes);
        return bytes;
    }
}
