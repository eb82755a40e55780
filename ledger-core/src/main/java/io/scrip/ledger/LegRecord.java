package io.scrip.ledger;

import io.scrip.protocol.BalancesEncoder;
import io.scrip.protocol.LegEventEncoder;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.MessageHeaderEncoder;

/**
 * Encodes the fixed part of a leg's event, at the places that the schema gives. By hand, for it is written with nearly
 * every command: {@link LittleEndian} says why. What is not always there is the generated encoder's.
 */
final class LegRecord {
    /** Header and block. */
    static final int FIXED_BYTES = MessageHeaderEncoder.ENCODED_LENGTH + LegEventEncoder.BLOCK_LENGTH;
    /** Behind it when the leg is of plain value: a group without entries, and the command's length. */
    static final int PLAIN_BYTES = LegEventEncoder.LotsEncoder.HEADER_SIZE + LegEventEncoder.commandHeaderLength();

    private static final int BLOCK = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final long HEADER = LittleEndian.header(LegEventEncoder.BLOCK_LENGTH, LegEventEncoder.TEMPLATE_ID);
    private static final int NO_LOTS = LegEventEncoder.LotsEncoder.sbeBlockLength();

    private static final int EVENT_SEQUENCE = BLOCK + LegEventEncoder.eventSequenceEncodingOffset();
    private static final int SEQUENCE = BLOCK + LegEventEncoder.sequenceEncodingOffset();
    private static final int TIMESTAMP = BLOCK + LegEventEncoder.timestampEncodingOffset();
    private static final int ID = BLOCK + LegEventEncoder.idEncodingOffset();
    private static final int OUTCOME = BLOCK + LegEventEncoder.outcomeEncodingOffset();
    private static final int KIND = BLOCK + LegEventEncoder.kindEncodingOffset();
    private static final int LEG_INDEX = BLOCK + LegEventEncoder.legIndexEncodingOffset();
    private static final int LEG_COUNT = BLOCK + LegEventEncoder.legCountEncodingOffset();
    private static final int SCALE = BLOCK + LegEventEncoder.scaleEncodingOffset();
    private static final int TOKEN = BLOCK + LegEventEncoder.tokenEncodingOffset();
    private static final int AMOUNT = BLOCK + LegEventEncoder.amountEncodingOffset();
    private static final int FROM = BLOCK + LegEventEncoder.fromEncodingOffset();
    private static final int TO = BLOCK + LegEventEncoder.toEncodingOffset();
    private static final int PREVIOUS_FROM_EVENT = BLOCK + LegEventEncoder.previousFromEventEncodingOffset();
    private static final int PREVIOUS_TO_EVENT = BLOCK + LegEventEncoder.previousToEventEncodingOffset();
    private static final int FROM_BALANCES = BLOCK + LegEventEncoder.fromBalancesEncodingOffset();
    private static final int TO_BALANCES = BLOCK + LegEventEncoder.toBalancesEncodingOffset();
    private static final int FROM_ACCOUNT = BLOCK + LegEventEncoder.fromAccountEncodingOffset();
    private static final int TO_ACCOUNT = BLOCK + LegEventEncoder.toAccountEncodingOffset();
    private static final int FEE = BLOCK + LegEventEncoder.feeEncodingOffset();
    private static final int FEE_PAYER = BLOCK + LegEventEncoder.feePayerEncodingOffset();
    private static final int EXPIRES_AT = BLOCK + LegEventEncoder.expiresAtEncodingOffset();
    private static final int HOLD_ID = BLOCK + LegEventEncoder.holdIdEncodingOffset();
    private static final int STAKED = BalancesEncoder.stakedEncodingOffset();
    private static final int WITHHELD = BalancesEncoder.withheldEncodingOffset();

    private LegRecord() {}

    /** Everything but the balances, before the accounts are written: it needs what came before. */
    static void begin(
            byte[] bytes,
            int start,
            LedgerState state,
            Decision decision,
            LegKind kind,
            int from,
            int to,
            long amount) {
        Accounts accounts = state.accounts;
        LittleEndian.putLong(bytes, start, HEADER);
        LittleEndian.putLong(bytes, start + EVENT_SEQUENCE, state.lastEventSequence + 1);
        LittleEndian.putLong(bytes, start + SEQUENCE, decision.sequence);
        LittleEndian.putLong(bytes, start + TIMESTAMP, decision.timestampNs);
        putId(bytes, start + ID, decision.idHigh, decision.idLow);
        bytes[start + OUTCOME] = (byte) decision.outcome.value();
        bytes[start + KIND] = (byte) kind.value();
        bytes[start + LEG_INDEX] = (byte) decision.legIndex;
        bytes[start + LEG_COUNT] = (byte) decision.legCount;
        int token = accounts.tokenRow(from);
        bytes[start + SCALE] = (byte) state.tokens.scale(token);
        LittleEndian.putLong(bytes, start + TOKEN, state.tokens.code(token));
        LittleEndian.putLong(bytes, start + AMOUNT, amount);
        LittleEndian.putLong(bytes, start + FROM, Wallets.numberOf(accounts.walletRow(from)));
        LittleEndian.putLong(bytes, start + TO, Wallets.numberOf(accounts.walletRow(to)));
        LittleEndian.putLong(bytes, start + PREVIOUS_FROM_EVENT, accounts.lastEvent(from));
        LittleEndian.putLong(bytes, start + PREVIOUS_TO_EVENT, accounts.lastEvent(to));
        LittleEndian.putShort(bytes, start + FROM_ACCOUNT, accounts.code(from));
        LittleEndian.putShort(bytes, start + TO_ACCOUNT, accounts.code(to));
        LittleEndian.putLong(bytes, start + FEE, decision.legIndex == 0 ? decision.fee : 0);
        bytes[start + FEE_PAYER] = (byte) decision.feePayer.value();
        LittleEndian.putLong(bytes, start + EXPIRES_AT, decision.expiresNs);
        putId(bytes, start + HOLD_ID, decision.holdIdHigh, decision.holdIdLow);
    }

    /** The balances, after the accounts were written. */
    static void end(byte[] bytes, int start, LedgerState state, int from, int to) {
        putBalances(bytes, start + FROM_BALANCES, state, from);
        putBalances(bytes, start + TO_BALANCES, state, to);
    }

    /** What follows the fixed part of a leg of plain value, but for the command itself; where that goes. */
    static int endPlain(byte[] bytes, int start, int commandLength) {
        int at = start + FIXED_BYTES;
        LittleEndian.putInt(bytes, at, NO_LOTS);
        LittleEndian.putInt(bytes, at + LegEventEncoder.LotsEncoder.HEADER_SIZE, commandLength);
        return at + PLAIN_BYTES;
    }

    static void putBalances(byte[] bytes, int at, LedgerState state, int row) {
        state.accounts.put(row, bytes, at);
        LittleEndian.putLong(bytes, at + STAKED, state.staked(row));
        LittleEndian.putLong(bytes, at + WITHHELD, state.accounts.withheld(row));
    }

    static void putId(byte[] bytes, int at, long high, long low) {
        LittleEndian.putLong(bytes, at, high);
        LittleEndian.putLong(bytes, at + Long.BYTES, low);
    }
}
